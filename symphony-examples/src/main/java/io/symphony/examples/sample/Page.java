package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** What one path answers. */
@FunctionalInterface
interface Page {
    void answer(HttpExchange exchange) throws IOException;

    /** A page that is made as a whole before it is sent. */
    static Page of(Whole page) {
        return exchange -> {
            Reply reply = page.answer(exchange);
            // What is left of the request's body would be read as the next request.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            reply.sendTo(exchange);
        };
    }

    /** Makes a whole answer. */
    @FunctionalInterface
    interface Whole {
        Reply answer(HttpExchange exchange) throws IOException;
    }
}
