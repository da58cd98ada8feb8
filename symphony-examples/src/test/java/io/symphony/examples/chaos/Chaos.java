package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Status.ReplicaStatus;
import io.symphony.fleet.Phase;
import io.symphony.proxy.ListenerBuilder;
import io.symphony.proxy.Timeouts;
import io.symphony.testing.Holdings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random faults under constant load, drawn from a seed: {@code -Dsymphony.seed=N} repeats them. Each build has some
 * seconds of it, {@code -Pchaos} an hour. It comes in rounds: after each of them both sides' counts are the same, all
 * replicas are well, and we hold no more of the machine than before.
 */
final class Chaos {

    private static final long SEED = Long.getLong("symphony.seed", System.nanoTime());
    private static final int PER_SECOND = 200;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(1);
    private static final int FEWEST_ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Threads of pools that grow when much happens at once, and jars that are opened when they are needed, and then stay. */
    private static final int POOLED = 32;

    /** What records of the last minutes and caches may come to. */
    private static final long GROWTH_BYTES = 16 << 20;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Long> liveBytes = new ArrayList<>();
    private final Service service;
    private final List<Strike> strikes;
    private final int pooledConnections;
    private final Holdings before;

    /** One thing that is done to a replica, for a while if it is not for good. */
    interface Strike {
        void at(ReplicaStatus replica, Duration length) throws Exception;
    }

    /**
     * @param strikes what is drawn from, each as often as it stands there
     * @param pooledConnections how many to others than replicas may be kept for later
     */
    Chaos(Service service, List<Strike> strikes, int pooledConnections) throws IOException {
        this.service = service;
        this.strikes = strikes;
        this.pooledConnections = pooledConnections;
        this.before = Holdings.now();
    }

    /** Idle connections to replicas go before anybody asks for leaks. */
    static ListenerBuilder lettingGoSoon(ListenerBuilder listener) {
        return listener.timeouts(Timeouts.defaults().withPooled(Duration.ofSeconds(1)));
    }

    /** @param inBuilds how long, where no other time is asked for */
    void reign(Duration inBuilds) throws Exception {
        Duration length = Duration.ofSeconds(Long.getLong("symphony.chaos.seconds", inBuilds.toSeconds()));
        long rounds = Math.max(FEWEST_ROUNDS, length.dividedBy(LONGEST_ROUND));
        System.out.println("Chaos of " + length.toSeconds() + " s, -Dsymphony.seed=" + SEED);
        for (long round = 1; round <= rounds; round++) {
            play(length.dividedBy(rounds), "round " + round + " of " + rounds);
            awaitRest();
            liveBytes.add(Holdings.liveBytes());
            System.out.println("live: " + (liveBytes.get(liveBytes.size() - 1) >> 10) + " KiB; " + counts());
        }
        assertThat(growth()).as("bytes more than at first, of %s", liveBytes).isLessThan(GROWTH_BYTES);
    }

    private void play(Duration length, String title) throws Exception {
        Run run = Run.through(service, PER_SECOND, Duration.ofSeconds(1), () -> rage(length));
        System.out.println(run.row(title) + " " + run.statuses());
        assertThat(run.count(each -> each.problem().equals("hung"))).isZero();
    }

    private void rage(Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            strike();
            pause(Duration.ofMillis(random.nextInt(200, 1_500)));
        }
    }

    /** Nobody may be there to be struck, and whoever is may be gone in that moment. */
    private void strike() throws Exception {
        List<ReplicaStatus> serving = service.serving();
        if (serving.isEmpty()) {
            return;
        }
        ReplicaStatus replica = serving.get(random.nextInt(serving.size()));
        Duration length = Duration.ofMillis(random.nextInt(100, 2_000));
        try {
            strikes.get(random.nextInt(strikes.size())).at(replica, length);
        } catch (IOException e) {
            System.out.println("Chaos: " + replica.id() + " hears nothing: " + e.getMessage());
        }
    }

    private void awaitRest() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.status().replicas())
                        .hasSize(3)
                        .allMatch(each -> each.phase() == Phase.READY));
        await().atMost(PATIENCE).untilAsserted(() -> {
            Holdings now = Holdings.now();
            assertThat(now.connections())
                    .as("connections")
                    .isLessThanOrEqualTo(before.connections() + pooledConnections);
            assertThat(now.children()).as("child processes").isLessThanOrEqualTo(before.children());
            assertThat(now.files()).as("files").isLessThanOrEqualTo(before.files() + POOLED);
            assertThat(now.threads())
                    .as("threads")
                    .hasSizeLessThanOrEqualTo(before.threads().size() + POOLED);
        });
    }

    /** From the first half of the rounds to the second, the least of each. */
    private long growth() {
        int half = liveBytes.size() / 2;
        return least(liveBytes.subList(half, liveBytes.size())) - least(liveBytes.subList(0, half));
    }

    private static long least(List<Long> some) {
        return some.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    private static String counts() throws IOException {
        Holdings now = Holdings.now();
        return now.connections() + " connections, " + now.files() + " files, "
                + now.threads().size() + " threads, " + now.children() + " children";
    }

    static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        await().atMost(length.plusSeconds(10)).until(() -> System.nanoTime() - until > 0);
    }
}
