package io.symphony.proxy;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the TLS connections of one listener have in common: the certificate, the rules, and a few threads for the costly
 * steps of handshakes, which would hold up an event loop. A connection has one step at a time here, so there are never
 * more waiting than there may be connections.
 */
final class Handshakes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private final Certificates certificates;
    private final SSLParameters rules;
    private final ScheduledThreadPoolExecutor threads;
    private final long pauseNanos;

    Handshakes(Tls tls) {
        certificates = new Certificates(tls.source(), LOG::info, LOG::warn);
        rules = rules(certificates.context().getDefaultSSLParameters());
        int cores = Runtime.getRuntime().availableProcessors();
        threads = new ScheduledThreadPoolExecutor(Math.max(1, cores / 2), Handshakes::newThread);
        pauseNanos = tls.reloadEvery().toNanos();
    }

    /** Begins to look after the certificate. */
    void watch() {
        var unused = threads.scheduleWithFixedDelay(certificates::look, pauseNanos, pauseNanos, TimeUnit.NANOSECONDS);
    }

    /** TLS 1.3 and 1.2, HTTP/1.1, and of the JDK's suites those with forward secrecy and authenticated encryption. */
    private static SSLParameters rules(SSLParameters rules) {
        rules.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        rules.setCipherSuites(
                Stream.of(rules.getCipherSuites()).filter(Handshakes::isStrong).toArray(String[]::new));
        rules.setUseCipherSuitesOrder(true);
        rules.setApplicationProtocols(new String[] {"http/1.1"});
        return rules;
    }

    private static boolean isStrong(String suite) {
        boolean forward = List.of("TLS_AES_", "TLS_CHACHA20_", "TLS_ECDHE_", "TLS_DHE_").stream()
                .anyMatch(suite::startsWith);
        return forward && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
    }

    /** An engine for a new connection. */
    SSLEngine engine() {
        SSLEngine engine = certificates.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(rules);
        return engine;
    }

    /** Has this done soon, on another thread than the event loops'. */
    void work(Runnable step) {
        threads.execute(step);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "symphony-tls");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
