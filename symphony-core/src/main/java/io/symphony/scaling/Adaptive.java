package io.symphony.scaling;

import java.time.Duration;

/**
 * As many as the traffic needs, at what a replica was seen to carry. Nothing has to be told: {@link Capacity} learns it
 * from the record of the last half hour. Requests that wait are worked off within the time that a replica takes to become
 * ready, and a rising rate is met where it will be by then.
 */
record Adaptive() implements ScalingPolicy {

    private static final Duration NOW = Duration.ofSeconds(5);
    private static final Duration LEAST_HORIZON = Duration.ofSeconds(10);
    private static final Duration MOST_HORIZON = Duration.ofMinutes(1);

    @Override
    public Target decide(ScalingView view) {
        Load load = view.load();
        Duration now = view.elapsed();
        if (load.recordedSince().compareTo(now) >= 0) {
            return view.unchanged("no traffic is on record yet");
        }
        double rate = rate(load, now.minus(NOW), now);
        int waiting = view.sample().waiting();
        Capacity capacity = Capacity.learned(view);
        if (!capacity.isKnown()) {
            return untaught(view, rate, waiting);
        }
        double horizon = seconds(horizon(view));
        double expected = rate + Math.min(rate, growth(view, rate) * horizon);
        double behind = Math.max(0, waiting + capacity.queued());
        return Target.filling(
                (expected + behind / horizon) / capacity.share(), sentence(rate, expected, behind, horizon, capacity));
    }

    /** Before anything is known one has to be there to learn from, and what waits needs one more. */
    private static Target untaught(ScalingView view, double rate, int waiting) {
        if (waiting > 0) {
            return new Target(
                    view.ready() + 1, waiting + " requests wait, and it is not known yet what a replica carries");
        }
        return rate > 0 || view.sample().inside() > 0
                ? new Target(Math.max(1, view.target()), "it is not known yet what a replica carries")
                : new Target(0, "no requests over the last " + Windows.inSeconds(NOW));
    }

    /** By how much the rate rises in a second, beyond what chance makes of a steady one. */
    private static double growth(ScalingView view, double rate) {
        Duration before = view.elapsed().minus(NOW.multipliedBy(2));
        double chance = 2 * Math.sqrt(2 * rate / seconds(NOW));
        double more = rate - rate(view.load(), before.minus(NOW), before);
        return Math.max(0, more - chance) / seconds(NOW.multipliedBy(2));
    }

    private static Duration horizon(ScalingView view) {
        Duration time = view.staff().timeToReady().orElse(LEAST_HORIZON);
        Duration atLeast = time.compareTo(LEAST_HORIZON) > 0 ? time : LEAST_HORIZON;
        return atLeast.compareTo(MOST_HORIZON) < 0 ? atLeast : MOST_HORIZON;
    }

    private static double rate(Load load, Duration from, Duration to) {
        Duration begin = from.compareTo(load.recordedSince()) > 0 ? from : load.recordedSince();
        double seconds = seconds(to.minus(begin));
        return seconds <= 0 ? 0 : load.requestsBetween(begin, to) / Math.max(1, seconds);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String sentence(double rate, double expected, double behind, double horizon, Capacity capacity) {
        return Numbers.measured(rate) + " requests a second"
                + (expected > rate * 1.05 ? ", " + Numbers.measured(expected) + " soon" : "")
                + (behind >= 1
                        ? " and " + Math.round(behind) + " to be worked off in " + Math.round(horizon) + " s"
                        : "")
                + ", at " + Numbers.measured(capacity.share()) + " a replica as learned ("
                + Windows.inMillis(capacity.latency())
                + (Double.isNaN(capacity.rest()) ? ")" : ", " + Windows.inMillis(capacity.rest()) + " at rest)");
    }

    @Override
    public String toString() {
        return "auto";
    }
}
