package io.symphony.fleet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control side's record of one replica. Immutable; every change is a copy.
 *
 * <pre>{@code
 * Replica.starting(id, spec.version(), now).warmingAt(Endpoint.local(8081), later).phase(); // WARMING
 * }</pre>
 *
 * @param id its name for good
 * @param version the specification that it was made from
 * @param weight its share of the requests
 * @param phase where it stands in its life
 * @param sinceNanos when it entered that phase
 * @param address where it answers, once that is known
 * @param checks what the health checks found
 * @param errand the call to the runtime that its phase waits for
 * @param spare whether it leaves only because fewer are needed, so that it may come back
 * @param ejection whether failing requests have put it out of the rotation
 */
public record Replica(
        ReplicaId id,
        String version,
        int weight,
        Phase phase,
        long sinceNanos,
        @Nullable Endpoint address,
        Checks checks,
        Errand errand,
        boolean spare,
        Ejection ejection) {

    public Replica {
        Weight.require(weight);
    }

    /** One whose start is ordered now. */
    public static Replica starting(ReplicaId id, String version, long now) {
        return new Replica(
                id, version, 1, Phase.STARTING, now, null, Checks.dueAt(now), Errand.UNDER_WAY, false, Ejection.NONE);
    }

    /** One that was found running, or just came up. */
    public static Replica running(ReplicaId id, String version, int weight, Endpoint endpoint, long now) {
        return new Replica(
                id,
                version,
                weight,
                Phase.WARMING,
                now,
                endpoint,
                Checks.dueAt(now),
                Errand.NONE,
                false,
                Ejection.NONE);
    }

    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(address);
    }

    /** Whether it fails its checks but answers them: some requests may still work. */
    public boolean limps() {
        return phase == Phase.SUSPECT && checks.answered();
    }

    public Replica entered(Phase next, long now) {
        return new Replica(id, version, weight, next, now, address, checks, Errand.dueAt(now), false, ejection);
    }

    public Replica warmingAt(Endpoint endpoint, long now) {
        return running(id, version, weight, endpoint, now);
    }

    public Replica with(Checks next) {
        return new Replica(id, version, weight, phase, sinceNanos, address, next, errand, spare, ejection);
    }

    public Replica with(Errand next) {
        return new Replica(id, version, weight, phase, sinceNanos, address, checks, next, spare, ejection);
    }

    /** Begins to leave because fewer are needed. */
    public Replica spared(long now) {
        return new Replica(
                id, version, weight, Phase.DRAINING, now, address, checks, Errand.dueAt(now), true, ejection);
    }

    /** Goes on leaving as it does, and does not come back. */
    public Replica dismissed() {
        return new Replica(id, version, weight, phase, sinceNanos, address, checks, errand, false, ejection);
    }

    public Replica with(Ejection next) {
        return new Replica(id, version, weight, phase, sinceNanos, address, checks, errand, spare, next);
    }
}
