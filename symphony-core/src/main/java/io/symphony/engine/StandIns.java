package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;

/**
 * Replicas beyond the target, one for each that misses its checks and is relieved of requests: it may recover, and the
 * others should not do its work until then. One that does not is replaced, and then its successor is there already.
 *
 * @param target how many are wanted without them
 * @param most how many the range and the quota have room for
 * @param counting how many serve or are on their way to
 * @param coming how many of those are on their way; they go first
 * @param relieved how many of those are relieved; they go next
 */
record StandIns(int target, int most, int counting, int coming, int relieved) {

    static StandIns of(Planning plan) {
        int relieved = 0;
        for (Replica replica : plan.fleet) {
            relieved += replica.phase() == Phase.READY && replica.ejection().isRelieved() ? 1 : 0;
        }
        int counting = plan.fleet.counting();
        return new StandIns(
                plan.target.replicas(),
                Math.min(plan.rules.max(), plan.inputs.granted().orElse(Integer.MAX_VALUE)),
                counting,
                counting - plan.fleet.count(Phase.READY),
                relieved);
    }

    /** How many there are to be. */
    int wanted() {
        return wantedFor(relieved);
    }

    private int wantedFor(int helped) {
        return target == 0 ? 0 : Math.max(0, Math.min(helped, most - target));
    }

    int missing() {
        return Math.max(0, target + wanted() - counting);
    }

    /** How many are too many. Who leaves although it was relieved needs nobody in its place any more. */
    int surplus() {
        int leaving = 0;
        while (counting - leaving > target + wantedFor(relieved - Math.max(0, leaving - coming))) {
            leaving++;
        }
        return leaving;
    }
}
