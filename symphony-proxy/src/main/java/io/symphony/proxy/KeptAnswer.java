package io.symphony.proxy;

import java.util.List;
import java.util.Optional;

/**
 * The answer to the first request with a key.
 *
 * @param fingerprint of the request that it answered
 * @param fields without those that frame the content or are the connection's
 * @param content empty where there was too much of it to keep
 */
record KeptAnswer(String fingerprint, int status, String reason, List<Field> fields, Optional<byte[]> content) {

    /** What an entry takes up besides its text and its content. */
    static final int OVERHEAD_BYTES = 512;

    int bytes() {
        int text = fields.stream()
                .mapToInt(field -> field.name().length() + field.value().length())
                .sum();
        return OVERHEAD_BYTES + text + content.map(bytes -> bytes.length).orElse(0);
    }
}
