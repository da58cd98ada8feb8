package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A whole answer: its status, its media type and its body. */
record Reply(int status, String mediaType, String body) {
    private static final int NO_BODY = -1;

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", body);
    }

    static Reply html(String body) {
        return new Reply(200, "text/html; charset=utf-8", body);
    }

    static Reply metrics(String body) {
        return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", body);
    }

    static Reply error(int status, String message) {
        return json(status, "{\"status\":\"error\",\"message\":" + Json.quoted(message) + "}\n");
    }

    void sendTo(HttpExchange exchange) throws IOException {
        if (status == 204 || status == 304) {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            // For HEAD the server takes the length from this header and sends no body.
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? NO_BODY : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
