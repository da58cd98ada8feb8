package io.symphony.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A policy's world, told moment by moment: a test says what is measured and what stands, and asks for the decision. What
 * is decided is remembered as the loop would, and stands until the test says otherwise.
 */
final class Scene implements Load {

    private final Map<Long, Double> stable = new HashMap<>();
    private final Map<Long, Double> panic = new HashMap<>();
    private final PastRecord past = new PastRecord();
    private final Map<String, Double> gauges = new HashMap<>();
    private final ScalingPolicy policy;
    private final Duration panicWindow;
    private Staff staff = Staff.of(1);
    private Duration now = Duration.ZERO;
    private Duration latency = Duration.ZERO;
    private Duration recordedSince = Duration.ofSeconds(-100);
    private long requests = 1;

    Scene(ScalingPolicy policy) {
        this.policy = policy;
        this.panicWindow = policy instanceof Concurrency rule ? rule.panicWindow() : Duration.ofSeconds(6);
    }

    Scene at(long seconds) {
        now = Duration.ofSeconds(seconds);
        return this;
    }

    /** What the two windows show at this moment, and at no other. */
    Scene concurrency(double overStable, double overPanic) {
        stable.put(now.toSeconds(), overStable);
        panic.put(now.toSeconds(), overPanic);
        return this;
    }

    Scene ready(int replicas) {
        staff = new Staff(
                replicas, staff.starting(), staff.target(), staff.min(), staff.max(), false, staff.timeToReady());
        return this;
    }

    Scene target(int replicas) {
        staff = staff.withTarget(replicas);
        return this;
    }

    /** So many ready and wanted. */
    Scene of(int replicas) {
        return ready(replicas).target(replicas);
    }

    Scene starting(int replicas) {
        staff = staff.withStarting(replicas);
        return this;
    }

    Scene between(int min, int max) {
        staff = staff.between(min, max);
        return this;
    }

    Scene rollingOut() {
        staff = staff.inRollOut();
        return this;
    }

    Scene gauge(String name, double value) {
        gauges.put(name, value);
        return this;
    }

    Scene latency(Duration mean) {
        latency = mean;
        return this;
    }

    /** Nobody comes. */
    Scene idle() {
        requests = 0;
        latency = Duration.ZERO;
        return this;
    }

    Scene recordedSince(long seconds) {
        recordedSince = Duration.ofSeconds(seconds);
        return this;
    }

    /** What was wanted and stood at a time before. */
    Scene before(long seconds, int wanted, int target) {
        past.note(Duration.ofSeconds(seconds), new Target(wanted, "then").answered(target, "then"), target);
        return this;
    }

    ScalingView view() {
        Sample sample = new Sample(now, Instant.EPOCH.plus(now), 0, 0, 0, 0, gauges);
        return new ScalingView(sample, staff, this, past);
    }

    Target decide() {
        Target decided = policy.decide(view()).within(staff.min(), staff.max());
        past.note(now, decided, staff.ready());
        staff = staff.withTarget(decided.replicas());
        return decided;
    }

    int replicas() {
        return decide().replicas();
    }

    String reason() {
        return decide().reason();
    }

    @Override
    public long requestsBetween(Duration from, Duration to) {
        return requests;
    }

    @Override
    public long endedBetween(Duration from, Duration to) {
        return latency.isZero() ? 0 : 1_000;
    }

    @Override
    public double concurrencyBetween(Duration from, Duration to) {
        if (!latency.isZero()) {
            return latency.toNanos() * 1_000.0 / to.minus(from).toNanos();
        }
        Map<Long, Double> shown = to.minus(from).equals(panicWindow) ? panic : stable;
        return shown.getOrDefault(to.toSeconds(), 0.0);
    }

    @Override
    public double waitingBetween(Duration from, Duration to) {
        return 0;
    }

    @Override
    public Duration recordedSince() {
        return recordedSince;
    }
}
