package io.symphony.scaling;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A latency that is not to be exceeded. Above it the replicas grow by the ratio, at most to twice as many. Below half of
 * it a fifth goes, once the number has stood for a whole window: a latency says when there are too few and hardly ever
 * that there are too many, so the way down is taken step by step. In between all stays.
 *
 * @param objective the latency
 * @param gauge the gauge that measures it in seconds; empty for the mean of the window
 */
record LatencyObjective(Duration objective, Optional<String> gauge, Duration window) implements ScalingPolicy {

    private static final double MOST_GROWTH = 2;
    private static final double IDLE = 0.5;
    private static final int STEPS = 5;

    LatencyObjective {
        if (objective.isNegative() || objective.isZero()) {
            throw new IllegalArgumentException("objective: " + objective + " (expected: > 0)");
        }
        Windows.require(window);
    }

    @Override
    public Target decide(ScalingView view) {
        if (view.ready() == 0) {
            return view.unchanged("no replica is ready to measure the latency by");
        }
        OptionalDouble seconds = measured(view);
        if (seconds.isPresent()) {
            return judged(view, seconds.getAsDouble());
        }
        return isIdle(view)
                ? fewer(view, 0, "no requests over the last " + Windows.inSeconds(window))
                : view.unchanged(what() + " is not known, no request ended over the last " + Windows.inSeconds(window));
    }

    private OptionalDouble measured(ScalingView view) {
        if (gauge.isPresent()) {
            return view.gauge(gauge.get());
        }
        Optional<Duration> mean = view.load().latencyBetween(view.elapsed().minus(window), view.elapsed());
        return mean.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean.get().toNanos() / 1e9);
    }

    private boolean isIdle(ScalingView view) {
        Duration from = view.elapsed().minus(window);
        return view.load().recordedSince().compareTo(from) <= 0
                && view.load().requestsBetween(from, view.elapsed()) == 0
                && view.load().concurrencyBetween(from, view.elapsed()) == 0;
    }

    private Target judged(ScalingView view, double seconds) {
        double ratio = seconds / (objective.toNanos() / 1e9);
        String sentence = what() + " is " + Windows.inMillis(seconds) + " with " + view.ready()
                + " ready, not to exceed " + Windows.inMillis(objective.toNanos() / 1e9);
        if (ratio > 1) {
            return Target.filling(view.ready() * Math.min(ratio, MOST_GROWTH), sentence);
        }
        return ratio < IDLE && view.sample().waiting() == 0
                ? fewer(view, 1, sentence)
                : new Target(view.target(), sentence);
    }

    private Target fewer(ScalingView view, int least, String sentence) {
        Duration from = view.elapsed().minus(window);
        boolean settled = view.ready() >= view.target()
                && view.past().highestTargetSince(from).orElse(Integer.MAX_VALUE) == view.target()
                && view.past().lowestTargetSince(from).orElse(0) == view.target();
        int step = Math.max(1, view.target() / STEPS);
        return settled
                ? new Target(Math.max(least, view.target() - step), sentence)
                : new Target(
                        view.target(),
                        sentence + "; " + view.target() + " have not stood for " + Windows.inSeconds(window) + " yet");
    }

    private String what() {
        return gauge.orElse("the mean latency");
    }

    @Override
    public String toString() {
        return "latency (" + what() + " up to " + Windows.inMillis(objective.toNanos() / 1e9) + ")";
    }
}
