package io.symphony.examples;

import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Parsers;
import io.symphony.scaling.Hours;
import io.symphony.scaling.Shift;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** How so many replicas at some hours are written: {@code mon-fri 08:00-18:00=5}. */
final class Shifts {
    private static final String EXPECTATION = "hours and a number of replicas, such as mon-fri 08:00-18:00=5";

    private Shifts() {}

    /** In no zone yet: that is a setting of its own. */
    static Shift parse(String text) throws Unexpected {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new Unexpected(EXPECTATION);
        }
        try {
            int replicas = Parsers.wholeNumber(0, 10_000).parse(text.substring(equals + 1));
            return new Shift(Hours.parse(text.substring(0, equals), ZoneOffset.UTC), replicas);
        } catch (Unexpected | IllegalArgumentException e) {
            throw new Unexpected(EXPECTATION);
        }
    }

    static ZoneId zone(String text) throws Unexpected {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new Unexpected("a zone, such as Europe/Berlin or UTC");
        }
    }
}
