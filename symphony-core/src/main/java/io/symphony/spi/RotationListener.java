package io.symphony.spi;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Hears who may be chosen, each time that this changes: a balancer of your own, or one that stands in front. What it
 * answers holds up the end of those who left: a replica is stopped only once every listener has let go of it, or its
 * drain has lasted as long as it may.
 *
 * <pre>{@code
 * RotationListener balancer = members -> {
 *     table.replaceWith(members);
 *     return table.lastRequestOfTheFormerMembers();
 * };
 * Orchestrator.of(spec).rotationListener(balancer).start();
 * }</pre>
 */
@FunctionalInterface
public interface RotationListener {

    /**
     * From now on these may be chosen, and nobody else; there may be none. Called on a thread of the listener's own, one
     * call at a time, so it may block under deadlines of its own and answers an interrupt promptly. It hears of the
     * newest rotation only. Where it throws, the event says so, and it is told again after a pause.
     *
     * @return completes once nothing is sent to anybody else any more, and nothing that was sent is under way
     */
    CompletionStage<?> changed(List<Member> members) throws InterruptedException;

    /** How long it wants to be left alone after a call; what changes meanwhile is told as one. Also before the first. */
    default Duration pace() {
        return Duration.ZERO;
    }

    /** One that may be chosen: where it answers, and its share of the requests. */
    record Member(ReplicaId id, Endpoint endpoint, int weight) {}
}
