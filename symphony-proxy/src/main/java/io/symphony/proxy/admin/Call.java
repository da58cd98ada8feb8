package io.symphony.proxy.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;

/** A request as far as we look at it. */
record Call(HttpRequest request) {

    String method() {
        return request.getMethod();
    }

    /** Without the query. */
    String path() {
        String target = String.valueOf(request.getPath());
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** A field's value; the first one where there are several. */
    Optional<String> field(String name) {
        return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
    }

    /** A parameter of the query; empty text where it has no value. */
    Optional<String> parameter(String name) {
        String target = String.valueOf(request.getPath());
        int query = target.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        for (String pair : target.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /** The value of a parameter that has to be there. */
    String required(String name, String expectation) {
        return parameter(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + ": none (expected: " + expectation + ")"));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("query: '" + text + "' (expected: well-formed percent signs)", e);
        }
    }
}
