package io.symphony.engine;

import io.symphony.scaling.Sample;
import io.symphony.spi.Colleagues.Counts;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the control thread reads once a tick. Nothing of it may block.
 *
 * @param requests how many requests have begun
 * @param ended how many of them a replica has finished
 * @param waiting how many wait for a replica
 * @param gauges what the user's gauges say
 * @param clock the clock on the wall, for schedules
 */
public record Meters(
        TrafficSource requests,
        LongSupplier ended,
        IntSupplier waiting,
        Supplier<Map<String, Double>> gauges,
        InstantSource clock) {

    Sample read(Duration elapsed, int inside) {
        return new Sample(
                elapsed,
                clock.instant(),
                requests.requests(),
                ended.getAsLong(),
                inside,
                waiting.getAsInt(),
                gauges.get());
    }

    /** As {@link #read(Duration, int)}, by what several orchestrators counted together. */
    Sample read(Duration elapsed, Counts all) {
        return new Sample(
                elapsed, clock.instant(), all.begun(), all.ended(), all.inside(), all.waiting(), gauges.get());
    }

    /** What is left to know when something could not be read. */
    Sample unread(Duration elapsed, int inside) {
        return new Sample(elapsed, clock.instant(), 0, 0, inside, 0, Map.of());
    }
}
