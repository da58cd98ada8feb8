package io.symphony.examples.config;

import io.symphony.examples.config.Parser.Unexpected;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 500ms, 2s, 5m, 1h. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s|m|h)");
    private static final Map<String, Long> UNIT_NANOS =
            Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    static Duration parse(String text) throws Unexpected {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Unexpected("a duration such as 500ms, 2s, 5m or 1h");
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitNanos(matcher.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            throw new Unexpected("a duration of at most a year");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** In the largest unit that leaves a whole number. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static long unitNanos(String unit) throws Unexpected {
        Long nanos = UNIT_NANOS.get(unit);
        if (nanos == null) {
            throw new Unexpected("a unit of " + UNIT_NANOS.keySet());
        }
        return nanos;
    }
}
