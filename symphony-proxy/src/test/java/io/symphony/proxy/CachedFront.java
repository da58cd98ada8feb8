package io.symphony.proxy;

import java.io.IOException;
import java.time.Duration;

/** A listener with a cache in front of one replica, for a test. */
final class CachedFront implements AutoCloseable {

    private final ResponseCache cache = ResponseCache.ofBytes(100_000_000, Duration.ofMinutes(5));
    private final CachedBackend backend = new CachedBackend();
    private final Setup setup = before(backend.backend());

    CachedFront() throws IOException {}

    /** Another listener with the same cache, in front of another replica. */
    Setup before(Backend other) {
        return Setup.before(listener -> listener.cache(cache).workers(2), other);
    }

    ResponseCache cache() {
        return cache;
    }

    CachedBackend backend() {
        return backend;
    }

    Setup setup() {
        return setup;
    }

    String get(String path) throws IOException {
        return ask("GET", path, "");
    }

    String ask(String method, String path, String lines) throws IOException {
        return ask(setup, method, path, lines);
    }

    /** The answer to one request on a connection of its own. */
    static String ask(Setup setup, String method, String path, String lines) throws IOException {
        String fields = lines.isEmpty() ? "" : lines + "\r\n";
        try (Wire client = setup.connect()) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
            return client.rest();
        }
    }

    @Override
    public void close() throws IOException {
        setup.close();
        backend.close();
    }
}
