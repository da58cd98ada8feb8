package io.symphony.engine;

import io.symphony.fleet.Ejection;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds replicas that accept requests and answer none, from the counts that the request path keeps anyway.
 *
 * <p>A slow endpoint, a long poll or a stream must not look like that. So a silence counts only when it lasts several
 * times as long as usual at this replica, and when it should have given as many answers meanwhile, to judge by the
 * others, as hardly ever fail to come by chance. When half of the others are silent as well, it is not the replica's
 * fault, and nobody is suspected; nor are more than half of them at a time, or the last one.
 */
final class Silence {

    /** That so many answers and more are due and none comes is bad luck once in a hundred thousand times. */
    private static final double TOO_MANY = 12;

    private final long leastNanos;
    private final Chorus all = new Chorus();

    /** @param least how long a silence lasts until it is suspect; zero: none ever is */
    Silence(Duration least) {
        leastNanos = least.toNanos();
    }

    /** Takes each pulse, and adds a fact for who has fallen silent and who has answered again. */
    void listen(Fleet fleet, Slots slots, Collection<Fact> facts, long now) {
        all.tick(now);
        slots.all().forEach(slot -> slot.pulse().read(slot, all));
        int serving = 0;
        int out = 0;
        for (Replica replica : fleet) {
            serving += serves(replica) ? 1 : 0;
            out += replica.phase() == Phase.READY && replica.ejection().isOut() ? 1 : 0;
        }
        for (Replica replica : fleet) {
            Pulse pulse = pulse(replica, slots);
            if (pulse == null) {
                continue;
            }
            if (pulse.answers()) {
                answers(replica, facts);
            } else if (leastNanos > 0
                    && serves(replica)
                    && mayLose(serving, out)
                    && isHung(replica, pulse, fleet, slots)) {
                facts.add(pulse.hung(replica.id(), all));
                serving--;
                out++;
            }
        }
    }

    /** It is said only where it makes a difference. */
    private static void answers(Replica replica, Collection<Fact> facts) {
        if (replica.ejection().isDoubted()) {
            facts.add(new Fact.Revived(replica.id()));
        }
        if (replica.checks().failedInRow() > 0 && !replica.checks().busy()) {
            facts.add(new Fact.Answered(replica.id()));
        }
    }

    private static boolean serves(Replica replica) {
        return replica.phase() == Phase.READY && !replica.ejection().isOut();
    }

    private static @Nullable Pulse pulse(Replica replica, Slots slots) {
        Slot slot = replica.phase() == Phase.READY ? slots.of(replica.id()) : null;
        return slot == null ? null : slot.pulse();
    }

    private static boolean mayLose(int serving, int out) {
        return serving > 1 && out < Math.max(1, (serving + out) / 2);
    }

    private boolean isHung(Replica replica, Pulse pulse, Fleet fleet, Slots slots) {
        long patience = pulse.patienceNanos(leastNanos, all);
        boolean onTrial = replica.ejection().stage() == Ejection.Stage.ON_TRIAL;
        return pulse.isSilentFor(patience, all)
                && (onTrial ? pulse.waiting() > 0 : pulse.answersDue(all) >= TOO_MANY)
                && othersAnswer(replica, fleet, slots, patience / 2);
    }

    /** Whether at least half of the others have nobody waiting, or have answered lately. */
    private boolean othersAnswer(Replica suspect, Fleet fleet, Slots slots, long lately) {
        int others = 0;
        int silent = 0;
        for (Replica other : fleet) {
            Pulse pulse = pulse(other, slots);
            if (pulse != null && serves(other) && !other.id().equals(suspect.id())) {
                others++;
                silent += pulse.isSilentFor(lately, all) ? 1 : 0;
            }
        }
        return silent < others && 2 * silent <= others;
    }
}
