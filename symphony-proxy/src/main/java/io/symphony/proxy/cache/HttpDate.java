package io.symphony.proxy.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date in one of the three forms that HTTP knows (RFC 9110, 5.6.7); anything else is none. */
final class HttpDate {

    private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";
    private static final Pattern FIXED =
            form("[a-z]{3}, (?<day>\\d{2}) (?<month>[a-z]{3}) (?<year>\\d{4}) " + TIME + " gmt");
    private static final Pattern RFC_850 =
            form("[a-z]{6,9}, (?<day>\\d{2})-(?<month>[a-z]{3})-(?<year>\\d{2}) " + TIME + " gmt");
    private static final Pattern ASCTIME =
            form("[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int LONGEST = 40;
    private static final int CENTURY = 100;
    /** A year of two digits that would lie further ahead belongs to the century before. */
    private static final int MOST_YEARS_AHEAD = 50;

    private HttpDate() {}

    private static Pattern form(String pattern) {
        return Pattern.compile(pattern);
    }

    static Optional<Instant> of(String text, Instant now) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Pattern form : List.of(FIXED, RFC_850, ASCTIME)) {
            Matcher parts = form.matcher(lower);
            if (parts.matches()) {
                return read(parts, now);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> read(Matcher parts, Instant now) {
        try {
            // A leap second is the last one of its minute here.
            return Optional.of(LocalDateTime.of(
                            year(parts.group("year"), now),
                            MONTHS.indexOf(parts.group("month")) + 1,
                            number(parts.group("day").strip()),
                            number(parts.group("hour")),
                            number(parts.group("minute")),
                            Math.min(number(parts.group("second")), 59))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static int year(String digits, Instant now) {
        int year = number(digits);
        if (digits.length() > 2) {
            return year;
        }
        int thisYear = now.atZone(ZoneOffset.UTC).getYear();
        int full = thisYear - thisYear % CENTURY + year;
        return full > thisYear + MOST_YEARS_AHEAD ? full - CENTURY : full;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
