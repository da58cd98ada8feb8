package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A whole answer in memory: its status, its media type and its body. */
record Reply(int status, String mediaType, byte[] body) {
    private static final int NO_BODY = -1;

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(String body) {
        return new Reply(200, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply metrics(String body) {
        return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String message) {
        return json(status, "{\"status\":\"error\",\"message\":" + Json.quoted(message) + "}\n");
    }

    void sendTo(HttpExchange exchange) throws IOException {
        if (status == 204 || status == 304) {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            // For HEAD the server takes the length from this header and sends no body.
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
    }
}
