package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Requests per second as server-sent events, one a second until the client or the service goes. */
record RateStream(RequestRate rate, Lifetime lifetime) implements Page {
    private static final long EVERY_MILLIS = 1000;

    /** A page that shows the stream. */
    static final String DISPLAY = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Requests per second</title>
            <style>body{font:6rem system-ui;display:grid;place-items:center;height:90vh}</style>
            <p><output id="rps">-</output> <small>requests per second</small></p>
            <script>new EventSource('/rps').onmessage =
              e => document.getElementById('rps').value = JSON.parse(e.data).rps;</script>
            </html>
            """;

    @Override
    public void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : 0);
        if (!head) {
            stream(exchange.getResponseBody());
        }
    }

    private void stream(OutputStream body) throws IOException {
        do {
            body.write(event().getBytes(StandardCharsets.UTF_8));
            body.flush();
        } while (!lifetime.endsWithin(EVERY_MILLIS));
    }

    private String event() {
        return "data: {\"rps\":" + rate.perSecond(System.nanoTime()) + ",\"timestamp\":\""
                + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\"}\n\n";
    }
}
