package io.symphony.scaling;

import java.time.Duration;

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

    /** How many requests were inside on the average over that time; what is not on record does not count. */
    double concurrencyBetween(Duration from, Duration to);

    /** Since when there is a record. Before it nothing is known, which is not the same as no traffic. */
    Duration recordedSince();
}
