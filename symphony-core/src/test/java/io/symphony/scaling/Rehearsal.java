package io.symphony.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A service in virtual time, under a policy: requests come at random at a rate that changes, are dealt out in turn, and
 * wait in their replica for one of its workers. Replicas take a while to start, and finish what is inside before they go.
 */
final class Rehearsal {

    static final Duration OBJECTIVE = Duration.ofMillis(250);
    private static final double TICK = 0.1;
    private static final double START = 8;
    private static final int MOST = 40;

    private final SplittableRandom random = new SplittableRandom(1);
    private final ScalingPolicy policy;
    private final DoubleUnaryOperator rate;
    private final Chronicle chronicle = new Chronicle();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Replica> ready = new ArrayList<>();
    private final Deque<Double> starting = new ArrayDeque<>();
    private double serviceSeconds = 0.05;
    private int workers = 8;
    private int target = 1;
    private String reason = "";
    private int turn;
    private int inside;
    private long begun;
    private long ended;
    private double now;
    private double eventTime;

    long late;
    long changes;
    double replicaSeconds;

    private record Event(double time, Runnable happening) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return Double.compare(time, other.time);
        }
    }

    private static final class Replica {
        private final Deque<Double> queue = new ArrayDeque<>();
        private int busy;
    }

    Rehearsal(ScalingPolicy policy, DoubleUnaryOperator rate) {
        this.policy = policy;
        this.rate = rate;
        ready.add(new Replica());
        chronicle.decided(Duration.ZERO, Target.undecided(1, "the beginning"), 1);
        at(0, this::arrive);
    }

    /** From now on a replica has so many workers, and a request takes one of them so long on the average. */
    Rehearsal with(int workersEach, Duration service) {
        workers = workersEach;
        serviceSeconds = service.toNanos() / 1e9;
        return this;
    }

    Rehearsal run(Duration time) {
        for (double end = now + time.toNanos() / 1e9; now < end; ) {
            now += TICK;
            while (events.peek().time() <= now) {
                events.remove().happening().run();
            }
            tick();
        }
        return this;
    }

    private void arrive() {
        double time = eventTime;
        begun++;
        inside++;
        Replica replica = ready.get(turn++ % ready.size());
        replica.queue.addLast(time);
        serve(replica, time);
        double next = time - Math.log(1 - random.nextDouble()) / Math.max(0.01, rate.applyAsDouble(time));
        at(next, this::arrive);
    }

    private void at(double time, Runnable happening) {
        events.add(new Event(time, () -> {
            eventTime = time;
            happening.run();
        }));
    }

    private void serve(Replica replica, double time) {
        while (replica.busy < workers && !replica.queue.isEmpty()) {
            double came = replica.queue.removeFirst();
            replica.busy++;
            double done = time - Math.log(1 - random.nextDouble()) * serviceSeconds;
            at(done, () -> {
                replica.busy--;
                inside--;
                ended++;
                late += done - came > OBJECTIVE.toNanos() / 1e9 ? 1 : 0;
                serve(replica, done);
            });
        }
    }

    private void tick() {
        while (!starting.isEmpty() && starting.getFirst() <= now) {
            starting.removeFirst();
            ready.add(new Replica());
        }
        Duration elapsed = Duration.ofNanos((long) (now * 1e9));
        Sample sample = new Sample(elapsed, Instant.EPOCH.plus(elapsed), begun, ended, inside, 0, Map.of());
        chronicle.sampled(sample);
        Duration startTime = Duration.ofNanos((long) (START * 1e9));
        Staff staff = new Staff(ready.size(), starting.size(), target, 1, MOST, false, Optional.of(startTime));
        Target decided = policy.decide(chronicle.view(sample, staff)).within(1, MOST);
        changes += decided.replicas() == target ? 0 : 1;
        target = decided.replicas();
        reason = decided.reason();
        follow();
        chronicle.decided(elapsed, decided, ready.size());
        replicaSeconds += (ready.size() + starting.size()) * TICK;
    }

    private void follow() {
        while (ready.size() + starting.size() < target) {
            starting.addLast(now + START);
        }
        while (ready.size() + starting.size() > target && !starting.isEmpty()) {
            starting.removeLast();
        }
        while (ready.size() > target) {
            ready.remove(ready.size() - 1);
        }
    }

    int replicas() {
        return ready.size();
    }

    String reason() {
        return reason;
    }

    double latePercent() {
        return 100.0 * late / Math.max(1, ended);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-28s late %6.2f %%  replica-seconds %8.0f  changes %4d",
                policy.toString().replaceFirst(",.*", ""),
                latePercent(),
                replicaSeconds,
                changes);
    }
}
