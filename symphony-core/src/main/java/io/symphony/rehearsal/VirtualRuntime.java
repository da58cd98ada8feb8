package io.symphony.rehearsal;

import io.symphony.engine.Action;
import io.symphony.engine.Effects;
import io.symphony.engine.Fact;
import io.symphony.fleet.Endpoint;
import io.symphony.spi.ProbeResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Runs replicas in virtual time: a start takes its time, everything else none, and all goes well. */
final class VirtualRuntime implements Effects {

    private static final int PORTS = 65_535;

    private record Due(long nanos, long order, Fact fact) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long startNanos;
    private long now;
    private long orders;
    private long changes;

    VirtualRuntime(ServiceModel service, long now) {
        this.startNanos = service.startTime().toNanos();
        this.now = now;
    }

    void starting(ServiceModel other) {
        startNanos = other.startTime().toNanos();
    }

    /** How many starts and stops were ordered. */
    long changes() {
        return changes;
    }

    /** What has happened up to then. */
    List<Fact> until(long nanos) {
        now = nanos;
        List<Fact> facts = new ArrayList<>();
        while (!due.isEmpty() && due.element().nanos() <= nanos) {
            facts.add(due.remove().fact());
        }
        return facts;
    }

    @Override
    public void perform(Action action) {
        if (action instanceof Action.Start start) {
            changes++;
            after(startNanos, new Fact.Started(start.id(), endpointOf(start.id().number())));
        } else if (action instanceof Action.Stop stop) {
            changes++;
            after(0, new Fact.Stopped(stop.id(), ""));
        } else if (action instanceof Action.Probe probe) {
            after(0, new Fact.Probed(probe.id(), ProbeResult.well()));
        } else if (action instanceof Action.Survey) {
            after(0, new Fact.Surveyed(List.of(), now));
        } else {
            throw new AssertionError("unknown action: " + action);
        }
    }

    private static Endpoint endpointOf(long number) {
        return Endpoint.local((int) (number % PORTS) + 1);
    }

    private void after(long nanos, Fact fact) {
        due.add(new Due(now + nanos, orders++, fact));
    }
}
