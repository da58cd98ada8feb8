package io.symphony.scaling;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How hours are written. */
final class HoursText {

    private static final String EXPECTATION = "hours such as 08:00-18:00, mon-fri 08:00-18:00 or sat,sun 22:00-06:00";
    private static final Pattern FORM = Pattern.compile("(?:([a-z,-]+)\\s+)?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

    private HoursText() {}

    static Hours parse(String text, ZoneId zone) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw unexpected(text);
        }
        try {
            return new Hours(days(form.group(1)), LocalTime.parse(form.group(2)), end(form.group(3)), zone);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw unexpected(text);
        }
    }

    /** The end of the day is the beginning of the next one. */
    private static LocalTime end(String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    @SuppressWarnings("NullAway") // a group that did not match is null
    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (text == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek last = day(ends[ends.length - 1]);
            for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        return List.of(DayOfWeek.values()).stream()
                .filter(each -> shortName(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    static String of(Hours hours) {
        String days = hours.days().size() == DayOfWeek.values().length
                ? ""
                : hours.days().stream().sorted().map(HoursText::shortName).collect(Collectors.joining(",")) + " ";
        return days + hours.from() + "-" + hours.to() + " " + hours.zone();
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException("hours: " + text + " (expected: " + EXPECTATION + ")");
    }
}
