package io.symphony.scaling;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours of the day on some days of the week, by the clock of a zone. Where they end before they begin they end on the next
 * day; where both are the same they last a whole day.
 *
 * <pre>{@code
 * Hours office = Hours.parse("mon-fri 08:00-18:00", ZoneId.of("Europe/Berlin"));
 * Hours night = Hours.between(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
 * }</pre>
 *
 * @param days the days on which they begin
 * @param from when they begin
 * @param to when they have ended
 * @param zone whose clock it is
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public Hours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days: none (expected: at least one)");
        }
        days = Set.copyOf(days);
    }

    /** On every day. */
    public static Hours between(LocalTime from, LocalTime to, ZoneId zone) {
        return new Hours(EnumSet.allOf(DayOfWeek.class), from, to, zone);
    }

    /** As people write them: {@code 08:00-18:00}, {@code mon-fri 08:00-18:00}, {@code sat,sun 22:00-06:00}. */
    public static Hours parse(String text, ZoneId zone) {
        return HoursText.parse(text, zone);
    }

    /** The same hours by the clock of another zone. */
    public Hours in(ZoneId other) {
        return new Hours(days, from, to, other);
    }

    public boolean contains(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        LocalTime clock = local.toLocalTime();
        boolean begun = !clock.isBefore(from);
        boolean over = !clock.isBefore(to);
        DayOfWeek today = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return begun && !over && days.contains(today);
        }
        return begun && days.contains(today) || !over && days.contains(today.minus(1));
    }

    @Override
    public String toString() {
        return HoursText.of(this);
    }
}
