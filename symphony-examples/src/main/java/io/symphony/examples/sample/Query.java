package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;

/** One number from a request's query, within a range. */
record Query(String name, int fallback, int least, int most) {
    int of(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null) {
            return fallback;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return parse(pair.substring(name.length() + 1));
            }
        }
        return fallback;
    }

    private int parse(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(name + ": " + text + " (expected: " + least + " to " + most + ")");
    }
}
