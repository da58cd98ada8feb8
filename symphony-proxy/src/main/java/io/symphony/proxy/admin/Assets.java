package io.symphony.proxy.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The files of the dashboard, read once and held. None of them comes from, or asks, another host. */
final class Assets {

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final Map<String, String> FILES = Map.of(
            "/dashboard.css", STYLE,
            "/dashboard.js", SCRIPT,
            "/charts.js", SCRIPT,
            "/replicas.js", SCRIPT,
            "/stream.js", SCRIPT,
            "/orders.js", SCRIPT,
            "/uplot.js", SCRIPT,
            "/uplot.css", STYLE,
            "/icon.svg", "image/svg+xml");

    private final Map<String, Reply> replies = new LinkedHashMap<>();

    Assets() {
        Reply page = read("dashboard.html", "text/html; charset=utf-8");
        replies.put("/", page);
        replies.put("/rps-display", page);
        FILES.forEach((path, type) -> replies.put(path, read(path.substring(1), type)));
    }

    /** The paths; what stands there tells nothing about the service. */
    Set<String> paths() {
        return replies.keySet();
    }

    Map<String, Reply> replies() {
        return replies;
    }

    private static Reply read(String file, String mediaType) {
        try (InputStream stream = Assets.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("resource: none named " + file + " (expected: one in our jar)");
            }
            return new Reply(200, mediaType, ByteBuffer.wrap(stream.readAllBytes()), Map.of())
                    .with("Cache-Control", "no-cache");
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
