package io.symphony.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * A share of requests at a time for each replica, averaged over two windows, by Knative's rule. The long window is the
 * steady one. When the short one asks for {@code panicThreshold} times what is ready there is panic: the larger of the
 * two counts, and nothing falls until a whole long window has passed below that. Requests that wait count like those
 * inside.
 *
 * <pre>{@code
 * ScalingPolicy.concurrency(70).withWindows(Duration.ofSeconds(30), Duration.ofSeconds(3));
 * }</pre>
 *
 * @param perReplica how many requests at a time a replica is to have
 * @param stableWindow the long window
 * @param panicWindow the short window
 * @param panicThreshold how many times what is ready the short window has to ask for
 * @param upRate how many times what is ready may be wanted at most
 * @param downRate by how much what is ready may be divided at most
 */
public record Concurrency(
        double perReplica,
        Duration stableWindow,
        Duration panicWindow,
        double panicThreshold,
        double upRate,
        double downRate)
        implements ScalingPolicy {

    /** How far apart in the past it is looked whether there was panic. */
    private static final Duration STEP = Duration.ofSeconds(2);

    public Concurrency {
        Numbers.requirePositive("perReplica", perReplica);
        Windows.require(stableWindow);
        Windows.require(panicWindow);
        requireAboveOne("panicThreshold", panicThreshold);
        requireAboveOne("upRate", upRate);
        requireAboveOne("downRate", downRate);
    }

    private static void requireAboveOne(String name, double value) {
        if (!(value > 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 1)");
        }
    }

    static Concurrency of(double perReplica) {
        return new Concurrency(perReplica, Duration.ofSeconds(60), Duration.ofSeconds(6), 2, 10, 10);
    }

    public Concurrency withWindows(Duration stable, Duration panic) {
        return new Concurrency(perReplica, stable, panic, panicThreshold, upRate, downRate);
    }

    public Concurrency withPanicThreshold(double times) {
        return new Concurrency(perReplica, stableWindow, panicWindow, times, upRate, downRate);
    }

    public Concurrency withRates(double up, double down) {
        return new Concurrency(perReplica, stableWindow, panicWindow, panicThreshold, up, down);
    }

    @Override
    public Target decide(ScalingView view) {
        Duration now = view.elapsed();
        if (view.load().recordedSince().compareTo(now) >= 0) {
            return view.unchanged("no traffic is on record yet");
        }
        double stable = average(view.load(), now, stableWindow);
        double want = paced(stable / perReplica, view);
        Optional<Duration> panicked = earliestPanic(view);
        return panicked.isEmpty()
                ? Target.filling(want, sentence(stable, stableWindow))
                : inPanic(view, panicked.get(), stable, want);
    }

    private Target inPanic(ScalingView view, Duration since, double stable, double want) {
        double panic = average(view.load(), view.elapsed(), panicWindow);
        int held = view.past().highestWantAfter(since.minusNanos(1)).orElse(0);
        return Target.filling(
                Math.max(held, Math.max(want, paced(panic / perReplica, view))),
                sentence(panic, panicWindow) + " and " + Numbers.measured(stable) + " over the last "
                        + Windows.inSeconds(stableWindow) + "; in panic"
                        + (held == 0 ? "" : ", so not fewer than " + held));
    }

    /**
     * When the short window first asked for too much within the long one. There has been panic since then, so what was
     * wanted since then holds; what held at that time is in it.
     */
    private Optional<Duration> earliestPanic(ScalingView view) {
        Duration now = view.elapsed();
        Duration earliest = now.minus(stableWindow);
        Duration time = earliest.isNegative() ? Duration.ZERO : STEP.multipliedBy(roundedUp(earliest));
        for (; time.compareTo(now) < 0; time = time.plus(STEP)) {
            int ready = view.past().readyAt(time).orElse(Integer.MAX_VALUE);
            if (isPanic(view.load(), time, ready)) {
                return Optional.of(time);
            }
        }
        return isPanic(view.load(), now, view.ready()) ? Optional.of(now) : Optional.empty();
    }

    private static long roundedUp(Duration time) {
        return time.plus(STEP).minusNanos(1).dividedBy(STEP);
    }

    private boolean isPanic(Load load, Duration time, int ready) {
        return Math.ceil(average(load, time, panicWindow) / perReplica) / Math.max(1, ready) >= panicThreshold;
    }

    private static double average(Load load, Duration time, Duration window) {
        Duration from = time.minus(window);
        return load.concurrencyBetween(from, time) + load.waitingBetween(from, time);
    }

    /** A fraction of the last replica needs it whole, so the bounds apply to whole ones and leave a fraction as it is. */
    private double paced(double share, ScalingView view) {
        int ready = Math.max(1, view.ready());
        return Math.min(Math.max(share, Math.floor(ready / downRate)), Math.ceil(ready * upRate));
    }

    private String sentence(double inside, Duration window) {
        return Numbers.measured(inside) + " requests inside over the last " + Windows.inSeconds(window) + " at "
                + Numbers.plain(perReplica) + " a replica";
    }

    @Override
    public String toString() {
        return "concurrency (" + Numbers.plain(perReplica) + " inside a replica over " + Windows.inSeconds(stableWindow)
                + ", panic over " + Windows.inSeconds(panicWindow) + ")";
    }
}
