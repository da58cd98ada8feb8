package io.symphony;

import io.symphony.Status.ReplicaStatus;
import io.symphony.engine.Reign;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Colleagues.Counts;
import io.symphony.spi.Mandate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An orchestrator's part in serving a service together with others: what it tells the one that leads.
 *
 * <pre>{@code
 * acts.participation().flatMap(Participation::leader); // host-1
 * }</pre>
 *
 * @param name how it is called among them
 * @param leader who leads, as far as it knows
 * @param term which leadership that is; 0 before it knows of one
 * @param mandate the number of the mandate that it acts by; 0 before there is one
 * @param counts its requests since its start
 * @param held of those that leave, how many requests are inside each that still has any
 */
public record Participation(
        String name, Optional<String> leader, long term, long mandate, Counts counts, Map<ReplicaId, Integer> held) {

    public Participation {
        held = Map.copyOf(held);
    }

    /** Whether it is the one that leads. */
    public boolean leads() {
        return leader.equals(Optional.of(name));
    }

    static Participation of(String name, Reign reign, Status status, long ended, long now) {
        Optional<Mandate> mandate = reign.mandate();
        Optional<String> leader =
                mandate.flatMap(Mandate::leader).filter(each -> !each.equals(name) || reign.leads(now));
        int inside =
                status.replicas().stream().mapToInt(ReplicaStatus::inFlight).sum();
        return new Participation(
                name,
                leader,
                mandate.map(Mandate::term).orElse(0L),
                mandate.map(Mandate::number).orElse(0L),
                new Counts(status.requests().accepted(), ended, inside, status.waiting()),
                held(status));
    }

    private static Map<ReplicaId, Integer> held(Status status) {
        return status.replicas().stream()
                .filter(each -> each.phase() == Phase.DRAINING && each.inFlight() > 0)
                .collect(Collectors.toMap(ReplicaStatus::id, ReplicaStatus::inFlight));
    }
}
