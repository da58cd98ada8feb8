package io.symphony;

import io.symphony.Status.ReplicaStatus;
import io.symphony.Status.RollOutStatus;
import io.symphony.engine.ControlLoop;
import io.symphony.engine.RollOut;
import io.symphony.engine.Slot;
import io.symphony.engine.State;
import io.symphony.engine.Traffic;
import io.symphony.fleet.Ejection;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the control side's state and the request path's counts into words and numbers for people. */
final class StatusReport {

    private StatusReport() {}

    static Status of(ControlLoop loop, Entrance entrance, Status.Requests requests, int waiting, long now) {
        State state = loop.state();
        List<ReplicaStatus> replicas = new ArrayList<>(state.fleet().size());
        state.fleet().forEach(replica -> replicas.add(of(replica, loop, now)));
        return new Status(
                state.spec().name(),
                state.target().replicas(),
                state.target().reason(),
                state.fleet().count(Phase.READY),
                loop.requestsLastSecond(),
                waiting,
                entrance,
                rollOut(state, now),
                replicas,
                requests);
    }

    /** What has not ended is open, unless nobody knows where it is. */
    static Status.Requests requests(Traffic.Counts counts, long missing) {
        Status.Requests ended = new Status.Requests(
                counts.accepted(), counts.completed(), counts.abandoned(), counts.shed(), counts.failed(), 0, 0);
        long left = ended.accepted() - ended.completed() - ended.abandoned() - ended.shed() - ended.failed();
        long unaccounted = Math.min(left, missing);
        return new Status.Requests(
                ended.accepted(),
                ended.completed(),
                ended.abandoned(),
                ended.shedBy(),
                ended.failedBy(),
                left - unaccounted,
                unaccounted);
    }

    private static RollOutStatus rollOut(State state, long now) {
        RollOut rollOut = state.rollOut();
        return new RollOutStatus(
                rollOut.stage(),
                rollOut.wanted().version(),
                rollOut.former().map(ServiceSpec::version),
                rollOut.readyIn(state.fleet()),
                state.target().replicas(),
                rollOut.reason(),
                rollOut.comparison().inWords(),
                Duration.ofNanos(Math.max(0, now - rollOut.beganNanos())));
    }

    private static ReplicaStatus of(Replica replica, ControlLoop loop, long now) {
        Slot slot = loop.slot(replica.id());
        return new ReplicaStatus(
                replica.id(),
                replica.phase(),
                replica.endpoint(),
                slot == null ? 0 : slot.inside(),
                slot == null ? 0 : slot.entered(),
                slot == null ? 0 : slot.failures(),
                replica.version(),
                Duration.ofNanos(Math.max(0, now - replica.sinceNanos())),
                outFor(replica.ejection(), now),
                replica.checks().failedInRow(),
                loop.share(replica, now));
    }

    private static Optional<Duration> outFor(Ejection ejection, long now) {
        return ejection.isOut()
                ? Optional.of(Duration.ofNanos(Math.max(0, ejection.dueNanos() - now)))
                : Optional.empty();
    }

    /** {@code acts: no replica is ready (ready=0, warming=2, starting=1, draining=0, target=3)}. */
    static String whyNone(State state, String finding, String more) {
        Fleet fleet = state.fleet();
        StringBuilder text = new StringBuilder(state.spec().name());
        text.append(": ").append(finding).append(" (");
        for (Phase phase : List.of(Phase.READY, Phase.WARMING, Phase.STARTING, Phase.SUSPECT, Phase.DRAINING)) {
            if (phase != Phase.SUSPECT || fleet.count(phase) > 0) {
                text.append(phase.name().toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(fleet.count(phase))
                        .append(", ");
            }
        }
        text.append("target=").append(state.target().replicas()).append(')');
        for (String reason : List.of(state.trouble(), more)) {
            text.append(reason.isEmpty() ? "" : "; ").append(reason);
        }
        return text.toString();
    }
}
