package io.symphony.scaling;

import java.time.Duration;

/** The count of the last full window, in steps of {@code perReplica}. */
record RequestCount(int perReplica, Duration window) implements ScalingPolicy {

    RequestCount {
        if (perReplica < 1) {
            throw new IllegalArgumentException("perReplica: " + perReplica + " (expected: >= 1)");
        }
        Windows.require(window);
    }

    @Override
    public Target decide(ScalingView view) {
        long full = view.elapsed().dividedBy(window);
        Duration from = window.multipliedBy(full - 1);
        if (full == 0 || view.load().recordedSince().compareTo(from) > 0) {
            return view.unchanged("the first window of " + Windows.inSeconds(window) + " is not over");
        }
        long count = view.load().requestsBetween(from, from.plus(window));
        int replicas = (int) Math.min(Integer.MAX_VALUE, count / perReplica + 1);
        return new Target(
                replicas,
                count + " requests in the last " + Windows.inSeconds(window) + " at " + perReplica + " a replica");
    }

    @Override
    public String toString() {
        return "requests (" + perReplica + " a replica in " + Windows.inSeconds(window) + ")";
    }
}
