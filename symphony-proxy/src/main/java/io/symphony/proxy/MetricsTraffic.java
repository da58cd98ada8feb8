package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests where they are answered: by a counter on each replica's Prometheus page. For scaling, when requests do
 * not come through leases. It has to hear of the rotation, too.
 *
 * <pre>{@code
 * try (MetricsTraffic metrics = MetricsTraffic.at("/metrics", CounterName.parse("http_requests_total"))) {
 *     Orchestrator.of(spec).traffic(metrics).rotationListener(metrics).start();
 * }
 * }</pre>
 *
 * <p>Every second it asks each member, in the background. It adds up what the counters rose by: a replica that comes
 * brings no past along, one that starts anew takes nothing away, and one that leaves is asked a last time. While a
 * member does not say its count there is no count at all, so that silence is not taken for idleness. A counter that a
 * member does not have yet stands at zero once another has it; until then it may be a wrong name.
 */
public final class MetricsTraffic implements TrafficSource, RotationListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String path;
    private final CounterName counter;
    private final PageReader pages = new PageReader();
    private final Map<ReplicaId, Counted> members = new ConcurrentHashMap<>();
    private final Regularly clock;
    private volatile boolean counterSeen;
    private volatile double total;

    private MetricsTraffic(String path, CounterName counter, Duration pause) {
        this.path = path;
        this.counter = counter;
        this.clock = new Regularly(pause, this::askAll);
    }

    /** Begins to count, once it hears of a rotation. */
    public static MetricsTraffic at(String path, CounterName counter) {
        return at(path, counter, Duration.ofSeconds(1));
    }

    static MetricsTraffic at(String path, CounterName counter, Duration pause) {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: / and visible ASCII)");
        }
        return new MetricsTraffic(path, counter, pause);
    }

    /**
     * What all counters rose by since the beginning.
     *
     * @throws IllegalStateException while a member's count is not known
     */
    @Override
    public long requests() {
        members.forEach((id, member) -> {
            String problem = member.problem;
            if (problem != null) {
                throw new IllegalStateException(id + " does not say how many requests it had: " + problem);
            }
        });
        return (long) total;
    }

    /** Those who left are let go once they have been asked a last time. */
    @Override
    public CompletionStage<?> changed(List<Member> rotation) {
        Map<ReplicaId, Member> next = rotation.stream().collect(Collectors.toMap(Member::id, Function.identity()));
        List<CompletableFuture<?>> asked = new ArrayList<>();
        members.forEach((id, member) -> {
            if (!next.containsKey(id)) {
                members.remove(id);
                asked.add(member.asked.thenCompose(before -> asked(member)));
            }
        });
        next.forEach((id, member) -> members.compute(id, (same, known) -> {
            Counted counted = known == null ? new Counted(member.endpoint()) : known;
            counted.endpoint = member.endpoint();
            return counted;
        }));
        askAll();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
    }

    private void askAll() {
        members.values().forEach(this::ask);
    }

    /** One question at a time for each. */
    private void ask(Counted member) {
        if (member.asked.isDone()) {
            member.asked = asked(member);
        }
    }

    /** It never fails, since what goes wrong is noted. */
    private CompletableFuture<?> asked(Counted member) {
        return pages.read(member.endpoint, path, PATIENCE)
                .thenApply(page -> new PrometheusPage(page).sum(counter))
                .handle((count, thrown) -> {
                    note(member, count, thrown);
                    return "noted";
                });
    }

    private synchronized void note(Counted member, @Nullable OptionalDouble count, @Nullable Throwable thrown) {
        if (count == null) {
            member.problem = reason(thrown);
            return;
        }
        counterSeen |= count.isPresent();
        total += member.increase.to(count.orElse(0));
        member.problem = counterSeen ? null : path + " has no " + counter;
    }

    private static String reason(@Nullable Throwable thrown) {
        Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
        return cause == null ? "no answer" : String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        clock.close();
        pages.close();
    }

    @Override
    public String toString() {
        return counter + " at " + path;
    }

    /** A member, and what is known of its counter. */
    private static final class Counted {

        private final Increase increase = new Increase();
        private volatile Endpoint endpoint;
        private volatile CompletableFuture<?> asked = CompletableFuture.completedFuture("nothing yet");
        private volatile @Nullable String problem;

        Counted(Endpoint endpoint) {
            this.endpoint = endpoint;
        }
    }
}
