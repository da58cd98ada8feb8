package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Colleagues;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Ensemble.Member;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of a service, asked once a second at their admin listeners while we lead.
 *
 * <pre>{@code
 * try (Listeners listeners = Listeners.of(ensemble, Optional.of(token))) {
 *     Orchestrator acts = Orchestrator.of(spec).runtime(swarm).together(ensemble, listeners).start();
 *     Admin admin = Admin.over(acts, listener).at("10.0.0.5", 9090).token(token).start();
 *     listeners.announce(new Endpoint("10.0.0.5", 9090));
 * }
 * }</pre>
 *
 * <p>While one of them does not answer there is no count, and none is believed to have let go of a replica. After ten seconds
 * it is taken to be gone, and is not waited for any more; should it live, it makes itself known again.
 */
public final class Listeners implements Colleagues, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final String PAGE = "/ensemble";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long GONE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Nobody asks for the counts of a follower. */
    private static final int MOST_IDLE_BEATS = 3;

    private static final int BEATS_BETWEEN_ANNOUNCEMENTS = 5;

    private final Map<String, Heard> members = new ConcurrentHashMap<>();
    private final Ensemble ensemble;
    private final Ticker ticker;
    private final PageReader pages;
    private final AtomicInteger idleBeats = new AtomicInteger(MOST_IDLE_BEATS);
    private @Nullable Regularly clock;
    private volatile Optional<Endpoint> admin = Optional.empty();
    private volatile @Nullable String problem = "none has been asked yet";
    private int beatsSinceAnnouncement = BEATS_BETWEEN_ANNOUNCEMENTS;
    private double begun;
    private double ended;

    Listeners(Ensemble ensemble, Optional<String> token, Ticker ticker) {
        this.ensemble = ensemble;
        this.ticker = ticker;
        this.pages = PageReader.withToken(token);
    }

    /**
     * Those of an ensemble; nobody is asked before we lead.
     *
     * @param token what their admin listeners demand, the same of all
     */
    public static Listeners of(Ensemble ensemble, Optional<String> token) {
        Listeners listeners = new Listeners(ensemble, token, Ticker.system());
        listeners.clock = new Regularly(SECOND, listeners::beat);
        return listeners;
    }

    /** Makes known where our own admin listener answers, from now on. */
    public void announce(Endpoint address) {
        admin = Optional.of(address);
    }

    @Override
    public Counts counts() {
        idleBeats.set(0);
        requireAnswers();
        int inside = 0;
        int waiting = 0;
        for (Heard member : members.values()) {
            Hearsay last = member.last;
            inside += last == null ? 0 : last.inside();
            waiting += last == null ? 0 : last.waiting();
        }
        synchronized (this) {
            return new Counts((long) begun, (long) ended, inside, waiting);
        }
    }

    private void requireAnswers() {
        String general = problem;
        if (general != null) {
            throw new IllegalStateException("the listeners are not known: " + general);
        }
        members.forEach((name, member) -> {
            String own = member.problem;
            if (own != null) {
                throw new IllegalStateException("the listener " + name + " does not say what it counted: " + own);
            }
        });
    }

    @Override
    public boolean holds(ReplicaId id, long mandate) {
        idleBeats.set(0);
        return problem != null || members.values().stream().anyMatch(each -> each.holds(id, mandate));
    }

    /** Once a second. */
    void beat() {
        try {
            announceIfDue();
            if (idleBeats.getAndIncrement() < MOST_IDLE_BEATS) {
                follow(ensemble.members());
                problem = members.isEmpty() ? "none has made itself known" : null;
                members.values().forEach(this::ask);
            } else {
                problem = "none has been asked yet";
                members.clear(); // what they count until we lead again is not ours to sum up
            }
        } catch (RuntimeFailure e) {
            problem = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announceIfDue() throws RuntimeFailure, InterruptedException {
        if (admin.isPresent() && ++beatsSinceAnnouncement >= BEATS_BETWEEN_ANNOUNCEMENTS) {
            ensemble.announce(admin.get());
            beatsSinceAnnouncement = 0;
        }
    }

    private void follow(List<Member> known) throws RuntimeFailure, InterruptedException {
        Map<String, Member> now =
                known.stream().collect(Collectors.toMap(Member::name, each -> each, (one, other) -> one));
        members.keySet().retainAll(now.keySet());
        for (Member member : now.values()) {
            Heard heard = members.computeIfAbsent(member.name(), name -> new Heard(member, ticker.nanos()));
            if (heard.problem != null && ticker.nanos() - heard.heardNanos > GONE_NANOS) {
                LOG.warn("the listener {} at {} is gone: {}", member.name(), member.admin(), heard.problem);
                ensemble.forget(member.name());
                members.remove(member.name());
            }
        }
    }

    /** One question at a time for each. */
    private void ask(Heard member) {
        if (member.asked.isDone()) {
            member.asked = pages.read(member.admin, PAGE, PATIENCE)
                    .thenApply(Hearsay::parse)
                    .handle((said, thrown) -> {
                        note(member, said, thrown);
                        return "noted";
                    });
        }
    }

    private synchronized void note(Heard member, @Nullable Hearsay said, @Nullable Throwable thrown) {
        if (!member.equals(members.get(member.name))) {
            return; // it was asked in a former time of ours
        }
        if (said == null) {
            Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
            member.problem = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        } else if (!said.name().equals(member.name)) {
            member.problem = "'" + said.name() + "' answers at " + member.admin
                    + ". Give each an address of its own that all the others can reach.";
        } else {
            begun += member.begun.to(said.begun());
            ended += member.ended.to(said.ended());
            member.last = said;
            member.heardNanos = ticker.nanos();
            member.problem = null;
        }
    }

    @Override
    public void close() {
        if (clock != null) {
            clock.close();
        }
        pages.close();
    }

    @Override
    public String toString() {
        return "listeners of " + ensemble;
    }

    /** One of them, and what it has said last. */
    private static final class Heard {

        private final Increase begun = new Increase();
        private final Increase ended = new Increase();
        private final String name;
        private final Endpoint admin;
        private volatile CompletableFuture<?> asked = CompletableFuture.completedFuture("nothing yet");
        private volatile @Nullable String problem = "it has not been asked yet";
        private volatile @Nullable Hearsay last;
        private volatile long heardNanos;

        Heard(Member member, long now) {
            name = member.name();
            admin = member.admin();
            heardNanos = now;
        }

        boolean holds(ReplicaId id, long mandate) {
            Hearsay said = last;
            return said == null || said.holds(id, mandate);
        }
    }
}
