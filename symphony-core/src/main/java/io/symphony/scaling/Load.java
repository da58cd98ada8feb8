package io.symphony.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * The record of the traffic, in times since the orchestrator's start. It reaches back for a bounded time.
 *
 * <pre>{@code
 * long lastMinute = load.requestsBetween(view.elapsed().minusMinutes(1), view.elapsed());
 * }</pre>
 */
public interface Load {

    /** How many requests began after {@code from} and not after {@code to}. */
    long requestsBetween(Duration from, Duration to);

    /** How many requests a replica finished after {@code from} and not after {@code to}, well or not. */
    long endedBetween(Duration from, Duration to);

    /** How many requests were inside on the average over that time; what is not on record does not count. */
    double concurrencyBetween(Duration from, Duration to);

    /** How many requests waited for a replica on the average over that time; what is not on record does not count. */
    double waitingBetween(Duration from, Duration to);

    /** Since when there is a record. Before it nothing is known, which is not the same as no traffic. */
    Duration recordedSince();

    /**
     * How long requests were inside on the average: how many were inside over how many ended a second, which is Little's
     * law and costs a request nothing. Empty where none ended.
     */
    default Optional<Duration> latencyBetween(Duration from, Duration to) {
        Duration begin = from.compareTo(recordedSince()) > 0 ? from : recordedSince();
        long ended = endedBetween(begin, to);
        double busyNanos = concurrencyBetween(begin, to) * to.minus(begin).toNanos();
        return ended <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) (busyNanos / ended)));
    }
}
