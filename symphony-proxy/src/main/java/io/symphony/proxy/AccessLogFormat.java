package io.symphony.proxy;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a line of an access log is written. Lines are ASCII; whatever else a client sent is escaped, line ends too. */
enum AccessLogFormat {

    /** One JSON object a line. */
    JSON("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'") {
        @Override
        void write(AccessLog.Entry entry, StringBuilder out) {
            time(entry, out.append("{\"time\":\"")).append('"');
            text("client", entry.client(), out);
            text("method", entry.method(), out);
            text("target", entry.target(), out);
            text("protocol", entry.protocol(), out);
            number("status", entry.status(), out);
            number("request_bytes", entry.requestBytes(), out);
            number("response_bytes", entry.responseBytes(), out);
            long micros = entry.took().toNanos() / 1_000;
            number("took_ms", micros / 1_000, out).append('.');
            out.append(Long.toString(1_000 + micros % 1_000), 1, 4);
            entry.replica().ifPresent(replica -> text("replica", replica.toString(), out));
            text("request_id", entry.requestId(), out);
            text("outcome", entry.outcome().name().toLowerCase(Locale.ROOT), out);
            out.append("}\n");
        }

        private void text(String name, String value, StringBuilder out) {
            if (!value.isEmpty()) {
                escaped(value, "\\u00", out.append(",\"").append(name).append("\":\""));
                out.append('"');
            }
        }

        private StringBuilder number(String name, long value, StringBuilder out) {
            return out.append(",\"").append(name).append("\":").append(value);
        }
    },

    /** The common log format, in UTC. */
    COMMON("dd/MMM/yyyy:HH:mm:ss +0000") {
        @Override
        void write(AccessLog.Entry entry, StringBuilder out) {
            escaped(entry.client(), "\\x", out);
            time(entry, out.append(" - - [")).append("] \"");
            if (entry.method().isEmpty()) {
                out.append('-');
            } else {
                escaped(entry.method(), "\\x", out);
                escaped(entry.target(), "\\x", out.append(' '));
                out.append(' ').append(entry.protocol());
            }
            out.append("\" ").append(entry.status() == 0 ? "-" : Integer.toString(entry.status()));
            out.append(' ').append(entry.responseBytes() == 0 ? "-" : Long.toString(entry.responseBytes()));
            out.append('\n');
        }
    };

    private final DateTimeFormatter times;

    AccessLogFormat(String timePattern) {
        times = DateTimeFormatter.ofPattern(timePattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Adds the line for this request, its end included. */
    abstract void write(AccessLog.Entry entry, StringBuilder out);

    final StringBuilder time(AccessLog.Entry entry, StringBuilder out) {
        times.formatTo(entry.began(), out);
        return out;
    }

    /** Adds the text so that it can neither end its quotes nor its line. Each of its characters is one octet. */
    static void escaped(String text, String prefix, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 127) {
                out.append(c);
            } else {
                out.append(prefix).append(Character.forDigit(c >> 4 & 0xf, 16)).append(Character.forDigit(c & 0xf, 16));
            }
        }
    }
}
