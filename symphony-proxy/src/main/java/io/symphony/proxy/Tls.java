package io.symphony.proxy;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The key and the certificates that a listener shows to its clients, in files that may change while it runs. Clients
 * speak TLS 1.2 or 1.3.
 *
 * <pre>{@code
 * Listener.forwarding(orchestrator)
 *         .at("0.0.0.0", 8443)
 *         .tls(Tls.pem(Path.of("chain.pem"), Path.of("key.pem")))
 *         .start();
 * }</pre>
 *
 * <p>The files are looked at every ten seconds. When they have changed, new connections get the new certificate, and
 * old ones go on. New files that cannot be used are reported in the log, once, and the old certificate stays.
 */
public final class Tls {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final KeySource source;
    private final Duration reloadEvery;

    private Tls(KeySource source, Duration reloadEvery) {
        this.source = source;
        this.reloadEvery = reloadEvery;
    }

    /** A file with the certificate and those above it, leaf first, and one with its RSA or EC key without a password. */
    public static Tls pem(Path certificates, Path key) {
        return new Tls(new PemFiles(certificates, key), Duration.ofSeconds(10));
    }

    /** A PKCS#12 file with one key and its certificates. */
    public static Tls pkcs12(Path file, String password) {
        return new Tls(new Pkcs12File(file, password), Duration.ofSeconds(10));
    }

    /** How often the files are looked at. Default: 10 s. */
    public Tls reloadEvery(Duration pause) {
        if (pause.compareTo(SHORTEST) < 0 || pause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("reloadEvery: " + pause + " (expected: 1 ms to 365 days)");
        }
        return new Tls(source, pause);
    }

    /**
     * Reads the files now, to hear of a fault before anything is started.
     *
     * @throws ListenerException when they cannot be used; the message says why
     */
    public void requireUsable() {
        new Certificates(source, news -> {}, faults -> {}).context();
    }

    Duration reloadEvery() {
        return reloadEvery;
    }

    KeySource source() {
        return source;
    }

    @Override
    public String toString() {
        return "Tls from " + source.files();
    }
}
