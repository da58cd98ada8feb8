package io.symphony.spi;

/**
 * Where the count of requests comes from that scaling decides on. By default the orchestrator's own leases; another
 * one where the traffic does not pass through them.
 *
 * <pre>{@code
 * LongAdder seen = new LongAdder(); // your filter adds to it
 * Orchestrator.of(spec).traffic(seen::sum).start();
 * }</pre>
 */
@FunctionalInterface
public interface TrafficSource {

    /** The requests since the beginning; it never falls. Called from the control thread, so it must not block. */
    long requests();
}
