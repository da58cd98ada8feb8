package io.symphony.proxy.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Writes JSON, one member after the other; whoever writes sees to it that what begins also ends. */
final class Json {

    private final StringBuilder out = new StringBuilder(512);
    private boolean follows;

    Json object() {
        return begin('{');
    }

    Json object(String name) {
        return name(name).begin('{');
    }

    Json endObject() {
        return end('}');
    }

    Json array(String name) {
        return name(name).begin('[');
    }

    Json array() {
        return begin('[');
    }

    Json endArray() {
        return end(']');
    }

    Json put(String name, long number) {
        return name(name).value(number);
    }

    Json put(String name, double number) {
        name(name).separate();
        out.append(number);
        return this;
    }

    Json put(String name, boolean truth) {
        name(name).separate();
        out.append(truth);
        return this;
    }

    Json put(String name, Instant time) {
        return put(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    Json put(String name, @Nullable String text) {
        name(name).separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    Json value(long number) {
        separate();
        out.append(number);
        return this;
    }

    Json value(double number) {
        separate();
        out.append(number);
        return this;
    }

    /** A value that is JSON already. */
    Json raw(String name, String json) {
        name(name).separate();
        out.append(json);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private Json name(String name) {
        separate();
        quote(name);
        out.append(':');
        follows = false;
        return this;
    }

    private Json begin(char bracket) {
        separate();
        out.append(bracket);
        follows = false;
        return this;
    }

    private Json end(char bracket) {
        out.append(bracket);
        follows = true;
        return this;
    }

    private void separate() {
        if (follows) {
            out.append(',');
        }
        follows = true;
    }

    /** No control character and no line end remains, so JSON of ours fits on one line of an event stream. */
    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
