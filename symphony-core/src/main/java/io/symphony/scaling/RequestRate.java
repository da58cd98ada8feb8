package io.symphony.scaling;

import java.time.Duration;
import java.util.Locale;

/** The average rate of a sliding window, shared out. */
record RequestRate(double perReplica, Duration window) implements ScalingPolicy {

    RequestRate {
        if (!(perReplica > 0)) {
            throw new IllegalArgumentException("perReplica: " + perReplica + " (expected: > 0)");
        }
        Windows.require(window);
    }

    @Override
    public Target decide(ScalingView view) {
        Duration from = view.elapsed().minus(window);
        Duration since = view.load().recordedSince();
        Duration begin = from.compareTo(since) > 0 ? from : since;
        double seconds = view.elapsed().minus(begin).toNanos() / 1e9;
        if (seconds <= 0) {
            return view.unchanged("no traffic is on record yet");
        }
        double rate = view.load().requestsBetween(begin, view.elapsed()) / Math.max(seconds, 1);
        int replicas = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(rate / perReplica)));
        return new Target(
                replicas,
                String.format(
                        Locale.ROOT,
                        "%.1f requests a second over the last %s at %s a replica",
                        rate,
                        Windows.inSeconds(window),
                        trimmed(perReplica)));
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public String toString() {
        return "requests a second (" + trimmed(perReplica) + " a replica over " + Windows.inSeconds(window) + ")";
    }
}
