package io.symphony.proxy.admin;

import io.symphony.proxy.ListenerException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of an admin listener.
 *
 * <pre>{@code
 * Admin.over(orchestrator, listener)
 *         .at("0.0.0.0", 9090)
 *         .token(System.getenv("SYMPHONY_ADMIN_TOKEN"))
 *         .knownAs("ops.example.com")
 *         .start();
 * }</pre>
 */
public final class AdminBuilder {

    private final Subject subject;
    private final Set<String> names = new TreeSet<>();
    private String host = "127.0.0.1";
    private int port = 9090;
    private Optional<String> token = Optional.empty();

    AdminBuilder(Subject subject) {
        this.subject = subject;
    }

    /** Where to listen; port 0 means any that is free. Default: 127.0.0.1:9090. */
    public AdminBuilder at(String onHost, int onPort) {
        if (onPort < 0 || onPort > 65_535) {
            throw new IllegalArgumentException("port: " + onPort + " (expected: 0 to 65535)");
        }
        host = onHost;
        port = onPort;
        return this;
    }

    /**
     * What a client has to know. Default: nothing, which is enough on loopback alone. The files of the dashboard and
     * {@code /health} and {@code /ready} need none.
     */
    public AdminBuilder token(String secret) {
        if (secret.isBlank() || secret.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException(
                    "token: " + secret.length() + " characters (expected: at least one, visible ASCII without spaces)");
        }
        token = Optional.of(secret);
        return this;
    }

    /** Names that clients may call us by, besides {@code localhost}, addresses, and the host that we listen on. */
    public AdminBuilder knownAs(String... hosts) {
        names.addAll(Set.of(hosts));
        return this;
    }

    /**
     * Begins to listen.
     *
     * @throws ListenerException when it cannot; the message says why
     */
    public Admin start() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw ListenerException.cannotListen(host, port, new UnknownHostException("no such host"));
        }
        if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw ListenerException.because("The admin listener on " + host + ":" + port
                    + " would let everybody on the network order: give it a token, or 127.0.0.1 to listen on.");
        }
        return new Admin(this, address);
    }

    Subject subject() {
        return subject;
    }

    Set<String> names() {
        Set<String> all = new TreeSet<>(names);
        all.add(host);
        return all;
    }

    Optional<String> token() {
        return token;
    }
}
