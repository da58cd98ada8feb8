package io.symphony.spi;

/**
 * Where the count of requests comes from that scaling decides on. By default the orchestrator's own leases; another
 * one where the traffic does not pass through them.
 */
@FunctionalInterface
public interface TrafficSource {

    /** The requests since the beginning; it never falls. Called from the control thread, so it must not block. */
    long requests();
}
