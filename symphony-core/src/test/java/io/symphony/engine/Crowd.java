package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Colleagues;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.ProbeResult;
import io.symphony.testing.FakeRuntime;
import io.symphony.testing.MemoryEnsemble;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Many listeners with many replicas in virtual time, each with the whole control side: its loop, and its part in who leads. All
 * calls are answered in the next tick, and counted.
 */
final class Crowd {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long TICK = Duration.ofMillis(100).toNanos();

    /** What a listener asks of others. */
    enum Call {
        CHECK,
        LIST,
        START,
        STOP
    }

    private final MemoryEnsemble.Store store = new MemoryEnsemble.Store();
    private final Map<ReplicaId, Sighting> running = new TreeMap<>(Comparator.comparingLong(ReplicaId::number));
    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final List<Listener> listeners;
    private List<Sighting> listed = List.of();
    private long now;
    private long leaderNanos;
    private long followersNanos;
    private long ticks;

    Crowd(int count, int replicas) {
        Rules rules = Story.rules(replicas, replicas, ScalingPolicy.fixed(replicas));
        listeners = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(number -> new Listener(number, rules))
                .toList());
    }

    /** Goes on until so much time has passed. */
    void run(Duration time) throws InterruptedException {
        for (long end = now + time.toNanos(); now < end; now += TICK) {
            listed = List.copyOf(running.values());
            for (Listener each : listeners) {
                long began = THREADS.getCurrentThreadCpuTime();
                each.tick();
                if (each.leads()) {
                    leaderNanos += THREADS.getCurrentThreadCpuTime() - began;
                } else {
                    followersNanos += THREADS.getCurrentThreadCpuTime() - began;
                }
            }
            ticks++;
        }
    }

    /** Counts from now on. */
    void forgetCosts() {
        calls.clear();
        store.forgetCounts();
        leaderNanos = 0;
        followersNanos = 0;
        ticks = 0;
    }

    void killLeader() {
        listeners.removeIf(Listener::leads);
    }

    int leaders() {
        return (int) listeners.stream().filter(Listener::leads).count();
    }

    int running() {
        return running.size();
    }

    /** With how many replicas each listener serves. */
    List<Integer> ready() {
        return listeners.stream()
                .map(each -> each.loop.state().fleet().count(Phase.READY))
                .distinct()
                .toList();
    }

    /** The rows of a table: what a second costs. */
    String costs() {
        double seconds = ticks / 10.0;
        StringBuilder rows = new StringBuilder();
        rows.append(String.format("| reads of the mandate | %.0f |%n", store.reads() / seconds));
        rows.append(String.format("| writes of the mandate | %.0f |%n", store.writes() / seconds));
        calls.forEach((call, count) -> rows.append(String.format("| %s | %.0f |%n", call, count / seconds)));
        rows.append(String.format("| leader, ms a tick | %.1f |%n", millis(leaderNanos) / (double) ticks));
        rows.append(String.format(
                "| follower, ms a tick | %.1f |%n",
                millis(followersNanos) / (double) ticks / Math.max(1, listeners.size() - 1)));
        return rows.toString();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private void count(Call call) {
        calls.merge(call, 1L, Long::sum);
    }

    /** One of them. */
    private final class Listener implements Colleagues {

        private final Mailbox mailbox = new Mailbox();
        private final Map<Action, Fact> answers = new HashMap<>();
        private final Party party;
        private final ControlLoop loop;
        private long dueNanos;

        Listener(int number, Rules rules) {
            party = new Party(new MemoryEnsemble("listener-" + number, store), this, () -> now, mailbox, this::perform);
            Dispatcher<?> dispatcher = new Dispatcher<>((slot, mark) -> slot);
            loop = new ControlLoop(Story.SPEC, rules, dispatcher, Story.meters(() -> 0), party, note -> {}, now);
            loop.together(party);
            dueNanos = number * TICK % Duration.ofSeconds(1).toNanos();
        }

        boolean leads() {
            return loop.state().reign().leads(now);
        }

        void tick() throws InterruptedException {
            if (now - dueNanos >= 0) {
                party.leadership().attempt();
                dueNanos = now + party.leadership().pauseNanos();
            }
            List<Fact> facts = new ArrayList<>(answers.values());
            answers.clear();
            mailbox.await(facts, 0);
            loop.tick(facts, now);
        }

        private void perform(Action action) {
            answers.put(action, answer(action));
        }

        private Fact answer(Action action) {
            if (action instanceof Action.Probe probe) {
                count(Call.CHECK);
                return new Fact.Probed(probe.id(), ProbeResult.well());
            }
            if (action instanceof Action.Start start) {
                count(Call.START);
                ReplicaId id = start.id();
                running.put(
                        id,
                        new Sighting(
                                id, FakeRuntime.endpointOf(id), start.spec().version()));
                return new Fact.Started(id, FakeRuntime.endpointOf(id));
            }
            if (action instanceof Action.Stop stop) {
                count(Call.STOP);
                running.remove(stop.id());
                return new Fact.Stopped(stop.id(), "");
            }
            count(Call.LIST);
            return new Fact.Surveyed(listed, now);
        }

        @Override
        public Counts counts() {
            return new Counts(0, 0, 0, 0);
        }

        @Override
        public boolean holds(ReplicaId id, long mandate) {
            return listeners.stream()
                    .map(each -> each.loop.state().reign().mandate())
                    .anyMatch(known -> known.isEmpty() || known.get().number() < mandate);
        }
    }
}
