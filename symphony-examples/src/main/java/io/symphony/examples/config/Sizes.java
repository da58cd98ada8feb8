package io.symphony.examples.config;

import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parser.Unexpected;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: 64m, 1.5g, in steps of 1024. */
public final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(?:i?b)?");
    private static final Map<String, Long> UNIT_BYTES =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Sizes() {}

    public static Single<Long> between(long leastBytes, long mostBytes) {
        String expectation = "a size of " + text(leastBytes) + " to " + text(mostBytes) + ", such as 512, 8k or 10m";
        return text -> {
            long bytes = parseBytes(text);
            if (bytes < leastBytes || bytes > mostBytes) {
                throw new Unexpected(expectation);
            }
            return bytes;
        };
    }

    /** In the largest unit that leaves a whole number. */
    public static String text(long bytes) {
        for (String unit : List.of("t", "g", "m", "k")) {
            long unitBytes = UNIT_BYTES.getOrDefault(unit, 1L);
            if (bytes > 0 && bytes % unitBytes == 0) {
                return bytes / unitBytes + unit;
            }
        }
        return Long.toString(bytes);
    }

    static long parseBytes(String text) throws Unexpected {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new Unexpected("a size such as 64m, 512m or 2g");
        }
        BigDecimal unit = BigDecimal.valueOf(UNIT_BYTES.getOrDefault(matcher.group(2), 1L));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
        return bytes.min(MOST).longValue();
    }
}
