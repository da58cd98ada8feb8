package io.symphony.scaling;

import java.time.Duration;
import java.util.Locale;

/** The average rate of a sliding window, shared out. */
record RequestRate(double perReplica, Duration window) implements ScalingPolicy {

    RequestRate {
        Numbers.requirePositive("perReplica", perReplica);
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
        return Target.filling(
                rate / perReplica,
                String.format(
                        Locale.ROOT,
                        "%.1f requests a second over the last %s at %s a replica",
                        rate,
                        Windows.inSeconds(window),
                        Numbers.plain(perReplica)));
    }

    @Override
    public String toString() {
        return "requests a second (" + Numbers.plain(perReplica) + " a replica over " + Windows.inSeconds(window) + ")";
    }
}
