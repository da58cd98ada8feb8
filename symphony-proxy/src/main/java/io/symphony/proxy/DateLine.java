package io.symphony.proxy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field as it is now, written once a second (RFC 9110, 6.6.1). */
final class DateLine {

    /** The formatter that the JDK names after RFC 1123 writes days below ten with one digit, which is not allowed. */
    private static final DateTimeFormatter FIXED_WIDTH = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private long second = Long.MIN_VALUE;
    private byte[] line = {};

    DateLine(InstantSource clock) {
        this.clock = clock;
    }

    byte[] bytes() {
        long now = Math.floorDiv(clock.millis(), 1_000L);
        if (now != second) {
            second = now;
            line = Octets.ascii(at(Instant.ofEpochSecond(now)));
        }
        return line;
    }

    static String at(Instant now) {
        return "Date: " + FIXED_WIDTH.format(now) + "\r\n";
    }
}
