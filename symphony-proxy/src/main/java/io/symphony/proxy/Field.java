package io.symphony.proxy;

import java.nio.charset.StandardCharsets;

/**
 * One field of a message's head.
 *
 * <pre>{@code
 * new Field("Accept", "application/json")
 * }</pre>
 *
 * @param name a token; its case does not matter
 * @param value whatever is no control character; what Latin-1 does not have is refused
 */
public record Field(String name, String value) {

    /** What a line has besides its name and its value. */
    static final int PUNCTUATION = ": \r\n".length();

    public Field {
        if (!Octets.isToken(name)) {
            throw new IllegalArgumentException("name: '" + name + "' (expected: a token)");
        }
        if (!Octets.isValue(value)) {
            throw new IllegalArgumentException(name
                    + ": a value with a character that may not be in it (expected: visible Latin-1, spaces, tabs)");
        }
    }

    /** Whether it goes by this name. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    byte[] line() {
        return (name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    int lineLength() {
        return name.length() + value.length() + PUNCTUATION;
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
