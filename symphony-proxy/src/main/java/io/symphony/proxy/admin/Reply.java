package io.symphony.proxy.admin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole answer.
 *
 * @param fields what it has besides the fields that every answer has
 */
record Reply(int status, String mediaType, ByteBuffer body, Map<String, String> fields) implements Answer {

    static final String JSON = "application/json; charset=utf-8";

    static Reply json(int status, Json json) {
        return text(status, JSON, json + "\n");
    }

    static Reply text(int status, String mediaType, String body) {
        return new Reply(status, mediaType, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    /** An order was taken. */
    static Reply done(String message) {
        return json(
                200,
                new Json().object().put("status", "ok").put("message", message).endObject());
    }

    static Reply refused(int status, String message) {
        return json(
                status,
                new Json()
                        .object()
                        .put("status", "error")
                        .put("message", message)
                        .endObject());
    }

    Reply with(String field, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(field, value);
        return new Reply(status, mediaType, body, more);
    }
}
