package io.symphony.proxy;

import io.symphony.Entrance;
import io.symphony.Lease;
import io.symphony.NoReplicaAvailableException;
import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's hold on a replica. It is the only place in the request's way that knows the orchestrator. It is used
 * for one request after another.
 */
final class Hold {

    private final Duration patience;
    private final @Nullable Affinity affinity;
    private @Nullable Orchestrator orchestrator;
    private @Nullable Bond bond;
    private @Nullable Lease lease;

    Hold(Duration patience, @Nullable Affinity affinity) {
        this.patience = patience;
        this.affinity = affinity;
    }

    /** Whose replicas the next request is for. */
    Hold on(Orchestrator service) {
        orchestrator = service;
        return this;
    }

    /** The name of whose replicas they are. */
    String service() {
        return orchestrator().name();
    }

    /** Whether its service is under maintenance. */
    boolean isMaintained() {
        return orchestrator().entrance() == Entrance.MAINTENANCE;
    }

    /**
     * Takes a replica for a new request. When none can be had at once, the answer is a future that is not done; it
     * completes within the patience, on any thread.
     */
    @Nullable
    CompletableFuture<Lease> take(RequestHead head, Peer client) {
        Orchestrator service = orchestrator();
        bond = affinity == null ? null : affinity.of(head, client, service.name());
        if (patience.isZero()) {
            take(bond == null ? service.lease() : bond.lease(service));
            return null;
        }
        CompletableFuture<Lease> answer =
                (bond == null ? service.leaseAsync(patience) : bond.lease(service, patience)).toCompletableFuture();
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            take(answer.join());
            return null;
        }
        return answer;
    }

    void take(Lease granted) {
        lease = granted;
        if (bond != null) {
            bond.joined(granted.replica());
        }
    }

    /** The cookie that the client gets with the replica's response. */
    Optional<String> cookie() {
        return bond == null || lease == null ? Optional.empty() : bond.cookie(lease.replica());
    }

    boolean isHeld() {
        return lease != null;
    }

    Optional<ReplicaId> held() {
        return Optional.ofNullable(lease).map(Lease::replica);
    }

    ReplicaId replica() {
        return lease().replica();
    }

    Endpoint endpoint() {
        return lease().endpoint();
    }

    /** The replica failed the request. The hold goes on. */
    void failed(Throwable cause) {
        lease().failed(cause);
    }

    /** The replica answered, with an error of its own. */
    void erred() {
        lease().erred();
    }

    /** The replica failed the request, in a way that is known better than the cause tells. */
    void failed(FailureReason reason, Throwable cause) {
        lease().failed(reason, cause);
    }

    /** The request failed, which says nothing of the replica. */
    void lost(Throwable cause) {
        if (lease != null) {
            lease.lost(FailureReason.of(cause));
        }
    }

    /** The replica has answered. */
    void answered(int status) {
        lease().answered(status);
    }

    /** Moves on to a replica that this request has not tried; false, and nothing has changed, when there is none. */
    boolean moveOn() {
        Optional<Lease> next = lease().another();
        next.ifPresent(this::take);
        return next.isPresent();
    }

    /** Whether the request would wait for a replica. */
    boolean mayWait() {
        return !patience.isZero();
    }

    /** Gives the replica back and waits for another, or for this one once it works again. */
    CompletableFuture<Lease> waitForAnother() {
        CompletableFuture<Lease> answer = lease().anotherAsync(patience).toCompletableFuture();
        lease = null;
        return answer;
    }

    /** Leaves a replica that is only being tried, to see if it still hangs, when there is another. */
    void leaveTrial() {
        if (lease().isOnTrial()) {
            moveOn();
        }
    }

    /** The request gets no replica, by a rule of ours. */
    void turnAway(ShedReason why) {
        orchestrator().turnAway(why);
    }

    /** The client went away, which says nothing of the replica. */
    void abandon() {
        if (lease != null) {
            lease.abandoned();
            end();
        }
    }

    /** The request was turned away for what it is. */
    void refuse() {
        if (lease != null) {
            lease.refused();
            end();
        }
    }

    void end() {
        if (lease != null) {
            Lease ended = lease;
            lease = null;
            ended.close();
        }
    }

    /** Gives back what came too late. */
    static void giveBack(Lease late) {
        late.abandoned();
        late.close();
    }

    /** Why there is none, in a sentence with numbers. */
    static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof NoReplicaAvailableException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private Lease lease() {
        if (lease == null) {
            throw new IllegalStateException("No replica is held");
        }
        return lease;
    }

    Orchestrator orchestrator() {
        if (orchestrator == null) {
            throw new IllegalStateException("No service is meant");
        }
        return orchestrator;
    }
}
