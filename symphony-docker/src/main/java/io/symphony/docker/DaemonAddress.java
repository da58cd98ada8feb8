package io.symphony.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a daemon listens: a Unix socket, or a TCP port that TLS may protect. */
record DaemonAddress(URI uri, Optional<Path> certificates) {

    private static final String DEFAULT = "unix:///var/run/docker.sock";
    private static final Set<String> LOOPBACKS = Set.of("localhost", "127.0.0.1", "[::1]");

    DaemonAddress {
        if (!isUnix(uri) && !isTcp(uri)) {
            throw new IllegalArgumentException(
                    "host: '" + uri + "' (expected: unix:///PATH or tcp://HOST:PORT, as in DOCKER_HOST)");
        }
        if (isUnix(uri)) {
            certificates = Optional.empty();
        }
    }

    static DaemonAddress of(String host) {
        return new DaemonAddress(parse(host), Optional.empty());
    }

    DaemonAddress withCertificates(Path directory) {
        return new DaemonAddress(uri, Optional.of(directory));
    }

    /** What {@code DOCKER_HOST}, {@code DOCKER_CERT_PATH} and {@code DOCKER_TLS_VERIFY} say, as for the docker command. */
    static DaemonAddress fromEnvironment(Map<String, String> environment) {
        DaemonAddress address = of(variable(environment, "DOCKER_HOST").orElse(DEFAULT));
        Optional<Path> certificates = variable(environment, "DOCKER_CERT_PATH").map(Path::of);
        if (certificates.isEmpty() && variable(environment, "DOCKER_TLS_VERIFY").isPresent()) {
            certificates = Optional.of(dockerDirectory(environment));
        }
        return certificates.map(address::withCertificates).orElse(address);
    }

    /** Where the docker command keeps its files, the credentials of registries among them. */
    static Path dockerDirectory(Map<String, String> environment) {
        return variable(environment, "DOCKER_CONFIG")
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".docker"));
    }

    static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether the daemon runs on this machine, so that a port on its loopback address is one on ours. */
    boolean isLocal() {
        return isUnix(uri) || LOOPBACKS.contains(uri.getHost());
    }

    @Override
    public String toString() {
        return uri + (certificates.isPresent() ? " with TLS" : "");
    }

    private static URI parse(String host) {
        try {
            return URI.create(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "host: '" + host + "' (expected: unix:///PATH or tcp://HOST:PORT, as in DOCKER_HOST)", e);
        }
    }

    private static boolean isUnix(URI uri) {
        return "unix".equals(uri.getScheme())
                && uri.getPath() != null
                && uri.getPath().length() > 1;
    }

    private static boolean isTcp(URI uri) {
        return "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0;
    }
}
