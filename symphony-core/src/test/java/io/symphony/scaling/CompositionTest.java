package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Nested
    class Extremes {

        private final ScalingPolicy five = ScalingPolicy.fixed(5);
        private final ScalingPolicy three = ScalingPolicy.fixed(3);
        private final ScalingPolicy blind = view -> view.unchanged("no data");

        @Test
        void theLargestIsTakenWithItsReason() {
            assertThat(new Scene(ScalingPolicy.largestOf(three, five)).decide())
                    .isEqualTo(new Target(5, "fixed at 5; the largest of 3, 5"));
        }

        @Test
        void theSmallestIsTakenWithItsReason() {
            assertThat(new Scene(ScalingPolicy.smallestOf(five, three)).decide())
                    .isEqualTo(new Target(3, "fixed at 3; the smallest of 5, 3"));
        }

        @Test
        void oneWithoutDataLetsTheOthersGoUpAndNotDown() {
            ScalingPolicy largest = ScalingPolicy.largestOf(blind, five);

            assertThat(new Scene(largest).of(4).replicas()).isEqualTo(5);
            assertThat(new Scene(largest).of(8).decide().replicas()).isEqualTo(8);
            assertThat(new Scene(largest).of(8).decide().wanted()).isEmpty();
        }

        @Test
        void boundsAreKept() {
            assertThat(new Scene(five.between(1, 4)).decide().reason())
                    .isEqualTo("fixed at 5; limited from 5 by max 4");
            assertThatThrownBy(() -> five.between(4, 3)).hasMessage("most: 3 (expected: >= least, which is 4)");
        }
    }

    @Nested
    class Schedules {

        private final ScalingPolicy office = ScalingPolicy.schedule(
                new Shift(Hours.parse("mon-fri 08:00-18:00", BERLIN), 5),
                new Shift(Hours.parse("fri 12:00-14:00", BERLIN), 8));

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "2026-11-23T07:59, 1", // a Monday
            "2026-11-23T08:00, 5",
            "2026-11-23T17:59, 5",
            "2026-11-23T18:00, 1",
            "2026-11-27T13:00, 8",
            "2026-11-28T13:00, 1"
        })
        void theLargestShiftOfTheHourCounts(String local, int replicas) {
            assertThat(office.decide(viewAt(local)).replicas()).isEqualTo(replicas);
        }

        @Test
        void theyGiveTheirReason() {
            assertThat(office.decide(viewAt("2026-11-23T08:00")).reason())
                    .isEqualTo("scheduled: 5 at mon,tue,wed,thu,fri 08:00-18:00 Europe/Berlin");
            assertThat(office.decide(viewAt("2026-11-22T08:00")).reason())
                    .isEqualTo("the minimum outside of the schedule");
        }

        @Test
        void atLeastSoManyDuringSomeHours() {
            ScalingPolicy policy = ScalingPolicy.fixed(2).atLeastDuring(Hours.parse("08:00-18:00", BERLIN), 4);

            assertThat(policy.decide(viewAt("2026-11-22T09:00")))
                    .isEqualTo(new Target(2, "")
                            .answered(4, "fixed at 2; raised from 2, scheduled: 4 at 08:00-18:00 Europe/Berlin"));
            assertThat(policy.decide(viewAt("2026-11-22T19:00")).replicas()).isEqualTo(2);
        }

        private ScalingView viewAt(String local) {
            Instant time = LocalDateTime.parse(local).atZone(BERLIN).toInstant();
            ScalingView view = new Scene(office).between(1, 10).at(100).view();
            return new ScalingView(
                    new Sample(view.elapsed(), time, 0, 0, 0, 0, Map.of()), view.staff(), view.load(), view.past());
        }
    }

    @Nested
    class TimesOfDay {

        @ParameterizedTest(name = "22:00-06:00 on Saturdays holds {0}: {1}")
        @CsvSource({
            "2026-11-28T21:59, false",
            "2026-11-28T22:00, true",
            "2026-11-29T05:59, true",
            "2026-11-29T06:00, false",
            "2026-11-29T23:00, false",
            "2026-11-28T03:00, false"
        })
        void mayEndOnTheNextDay(String local, boolean inside) {
            Instant time = LocalDateTime.parse(local).atZone(BERLIN).toInstant();

            assertThat(Hours.parse("sat 22:00-06:00", BERLIN).contains(time)).isEqualTo(inside);
        }

        @Test
        void areThoseOfTheZoneInSummerAndInWinter() {
            Hours eight = Hours.parse("08:00-09:00", BERLIN);

            assertThat(eight.contains(ZonedDateTime.of(2026, 7, 1, 6, 30, 0, 0, ZoneId.of("UTC"))
                            .toInstant()))
                    .isTrue();
            assertThat(eight.contains(ZonedDateTime.of(2026, 12, 1, 7, 30, 0, 0, ZoneId.of("UTC"))
                            .toInstant()))
                    .isTrue();
        }

        @Test
        void lastAllDayFromMidnightToMidnight() {
            Hours sundays = Hours.parse("sun 00:00-24:00", BERLIN);

            assertThat(sundays.contains(Instant.parse("2026-11-29T12:00:00Z"))).isTrue();
            assertThat(sundays.contains(Instant.parse("2026-11-28T22:59:00Z"))).isFalse();
            assertThat(sundays.contains(Instant.parse("2026-11-29T23:00:00Z"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"8-18", "mon 8:00-18:00", "noday 08:00-18:00", "25:00-26:00", "", "mon-fri"})
        void areRefusedWhereTheyAreNone(String text) {
            assertThatThrownBy(() -> Hours.parse(text, BERLIN))
                    .hasMessageStartingWith("hours: " + text + " (expected: hours such as 08:00-18:00");
        }

        @ParameterizedTest
        @ValueSource(strings = {"08:00-18:00 Europe/Berlin", "mon,tue,wed,thu,fri 08:00-18:00 Europe/Berlin"})
        void areWrittenAsTheyAreRead(String text) {
            assertThat(Hours.parse(text.replace(" Europe/Berlin", ""), BERLIN)).hasToString(text);
        }
    }
}
