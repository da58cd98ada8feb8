package io.symphony.proxy.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The directives of Cache-Control (RFC 9111, 5.2). Of two of the same name the first counts. A number that is none
 * counts as 0, so that what is malformed makes nothing live longer.
 */
final class CacheControl {

    /** What a larger number is taken for (RFC 9111, 1.2.2). */
    private static final long MOST_SECONDS = 1L << 31;

    private static final int MOST_DIGITS = 10;
    private static final String NOTHING = "";
    private static final String MALFORMED = "?";

    private final Map<String, String> directives;

    private CacheControl(Map<String, String> directives) {
        this.directives = directives;
    }

    static CacheControl of(Fields fields) {
        Map<String, String> directives = new HashMap<>();
        for (String member : ListMembers.of(fields.joined("cache-control"))) {
            int equals = member.indexOf('=');
            String name = equals < 0 ? member : member.substring(0, equals);
            String argument = equals < 0 ? NOTHING : argument(name, member.substring(equals + 1));
            directives.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), argument);
        }
        return new CacheControl(Map.copyOf(directives));
    }

    private static String argument(String name, String text) {
        if (text.isEmpty() || !name.equals(name.strip()) || !text.equals(text.strip())) {
            return MALFORMED;
        }
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /** How long this directive says, if it is there. */
    Optional<Duration> time(String directive) {
        return Optional.ofNullable(directives.get(directive)).map(CacheControl::seconds);
    }

    /** Whether it is there and leaves open how long. */
    boolean isUnlimited(String directive) {
        return NOTHING.equals(directives.get(directive));
    }

    /** The number of seconds that this text spells; 0 where it spells none. */
    static Duration seconds(String text) {
        if (!isNumber(text)) {
            return Duration.ZERO;
        }
        String digits = text.replaceFirst("^0+(?=\\d)", "");
        boolean large = digits.length() > MOST_DIGITS || Long.parseLong(digits) > MOST_SECONDS;
        return Duration.ofSeconds(large ? MOST_SECONDS : Long.parseLong(digits));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
