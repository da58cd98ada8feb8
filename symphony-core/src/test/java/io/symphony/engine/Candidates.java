package io.symphony.engine;

import io.symphony.spi.Ensemble.Entry;
import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import io.symphony.testing.MemoryEnsemble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Several orchestrators and their record in virtual time, each with a clock that runs at a pace of its own. While there are
 * faults they stand still, are cut off, and lose questions, writes and answers, or get them late. Each that leads decides to
 * start replicas, and starts those that a landed write of its own has named.
 */
final class Candidates {

    static final double SECOND = 1e9;

    /** As the store of a swarm has it. */
    private static final double CALL_LIMIT = SECOND;

    private final MemoryEnsemble.Store store = new MemoryEnsemble.Store();
    private final Queue<Event> agenda = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final List<Member> members;
    private final Random random;
    private final Map<Long, String> leaderOfTerm = new HashMap<>();
    private final Set<Long> started = new HashSet<>();
    private boolean faulty = true;
    private double now;

    private record Event(double at, Runnable what) {}

    Candidates(int count, long seed) {
        random = new Random(seed);
        members = IntStream.range(0, count).mapToObj(Member::new).toList();
        members.forEach(each -> in(random.nextDouble() * SECOND, each::beat));
    }

    /** Lets time pass, and looks ten times a second who leads. */
    void run(double seconds) {
        double end = now + seconds * SECOND;
        for (double look = now; look < end; look += SECOND / 10) {
            in(look - now, this::act);
        }
        while (!agenda.isEmpty() && agenda.peek().at() < end) {
            Event next = agenda.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }

    /** From now on all work, and what was late is lost. */
    void heal() {
        faulty = false;
        agenda.clear();
        members.forEach(each -> {
            each.awakeAt = now;
            each.cutUntil = now;
            in(each.late(), each::beat);
        });
    }

    /** Whoever leads stands still for good. */
    void killLeader() {
        members.stream().filter(Member::leads).forEach(each -> each.awakeAt = Double.MAX_VALUE);
    }

    List<String> leaders() {
        return members.stream().filter(Member::leads).map(each -> each.name).toList();
    }

    int terms() {
        return leaderOfTerm.size();
    }

    int started() {
        return started.size();
    }

    private void act() {
        List<Member> leading = members.stream().filter(Member::leads).toList();
        if (leading.size() > 1) {
            throw new AssertionError("two lead at a time: " + leaders());
        }
        leading.forEach(Member::decide);
        if (faulty) {
            members.get(random.nextInt(members.size())).suffer();
        }
    }

    private void in(double nanos, Runnable what) {
        agenda.add(new Event(now + nanos, what));
    }

    /** One of them; its clock began at some other time, too. */
    private final class Member {

        private final String name;
        private final double pace = 0.85 + 0.3 * random.nextDouble();
        private final double offset = random.nextDouble() * 1e15;
        private final List<Long> decided = new ArrayList<>();
        private Tenure tenure;
        private long highest;
        private long termOfHighest;
        private double awakeAt;
        private double cutUntil;
        private long question;

        Member(int number) {
            name = "member-" + number;
            tenure = Tenure.of(name, clock());
        }

        private long clock() {
            return (long) (offset + now * pace);
        }

        boolean leads() {
            return now >= awakeAt && tenure.leads(clock());
        }

        void suffer() {
            switch (random.nextInt(30)) {
                case 0 -> awakeAt = Math.max(awakeAt, now + random.nextDouble() * 8 * SECOND);
                case 1 -> cutUntil = now + random.nextDouble() * 8 * SECOND;
                default -> {}
            }
        }

        /** Does it once it is awake. */
        private void awake(Runnable what) {
            if (awakeAt == Double.MAX_VALUE) {
                return;
            }
            if (now < awakeAt) {
                in(awakeAt - now, () -> awake(what));
            } else {
                what.run();
            }
        }

        /** Milliseconds mostly; seconds now and then. */
        double late() {
            return faulty && random.nextInt(20) == 0
                    ? random.nextDouble() * 6 * SECOND
                    : random.nextDouble() * 0.02 * SECOND;
        }

        private boolean isLost() {
            return now < cutUntil || faulty && random.nextInt(30) == 0;
        }

        void beat() {
            awake(() -> {
                long began = clock();
                long asked = ++question;
                in(CALL_LIMIT, () -> awake(() -> giveUp(asked)));
                if (!isLost()) {
                    in(late(), () -> reply(store.read(), found -> saw(asked, found, began)));
                }
            });
        }

        private <T> void reply(T answer, Consumer<T> listener) {
            if (!isLost()) {
                in(late(), () -> awake(() -> listener.accept(answer)));
            }
        }

        private void giveUp(long asked) {
            if (asked == question) {
                rest();
            }
        }

        private void saw(long asked, Optional<Entry> found, long began) {
            if (asked != question) {
                return; // it was given up
            }
            tenure = tenure.saw(found.map(Entry::mandate), clock());
            Optional<Mandate> next = tenure.next(resolution(), clock());
            if (next.isEmpty()) {
                rest();
                return;
            }
            tenure = tenure.claims(next.get(), began);
            long written = ++question;
            in(CALL_LIMIT, () -> awake(() -> giveUp(written)));
            if (random.nextInt(40) == 0 && faulty) {
                awakeAt = Math.max(awakeAt, now + random.nextDouble() * 8 * SECOND); // between the look and the write
            }
            awake(() -> write(written, found, next.get()));
        }

        private void write(long asked, Optional<Entry> read, Mandate next) {
            if (!isLost()) {
                in(late(), () -> {
                    Optional<Mandate> before = store.read().map(Entry::mandate);
                    boolean landed = store.replace(read, next);
                    if (landed) {
                        requireLawful(before, next);
                    }
                    reply(landed, done -> answered(asked, done, next));
                });
            }
        }

        private void answered(long asked, boolean landed, Mandate next) {
            if (asked != question) {
                return;
            }
            if (landed) {
                tenure = tenure.saw(Optional.of(next), clock());
                startWhatLanded(next);
            }
            rest();
        }

        private void startWhatLanded(Mandate mandate) {
            if (!tenure.leads(clock())) {
                return;
            }
            decided.removeIf(number -> {
                boolean covered = number <= mandate.decree().highestNumber() && mandate.term() == termOfHighest;
                if (covered && !started.add(number)) {
                    throw new AssertionError("replica " + number + " was started twice");
                }
                return covered;
            });
        }

        private void rest() {
            question++;
            in(tenure.pause(clock()).toNanos() / pace, this::beat);
        }

        /** It begins from what the record says, and numbers on. */
        private void decide() {
            Mandate mandate = Objects.requireNonNull(tenure.known());
            String former = leaderOfTerm.putIfAbsent(mandate.term(), name);
            if (former != null && !former.equals(name)) {
                throw new AssertionError(former + " and " + name + " lead in term " + mandate.term());
            }
            if (mandate.term() != termOfHighest) {
                termOfHighest = mandate.term();
                highest = mandate.decree().highestNumber();
                decided.clear();
            }
            decided.add(++highest);
        }

        private Resolution resolution() {
            return new Resolution(new Decree(highest, 1, OptionalInt.empty(), Set.of()), termOfHighest, highest);
        }
    }

    private static void requireLawful(Optional<Mandate> before, Mandate after) {
        boolean same = before.isPresent() && before.get().term() == after.term();
        if (same && !before.get().leader().equals(after.leader())) {
            throw new AssertionError(
                    after.leader() + " wrote in the term of " + before.get().leader());
        }
        if (before.isPresent() && before.get().term() > after.term()) {
            throw new AssertionError("term " + after.term() + " was written after "
                    + before.get().term());
        }
        if (before.isPresent() && !same && !before.get().decree().equals(after.decree())) {
            throw new AssertionError("term " + after.term() + " forgets what was decided: " + before + " " + after);
        }
    }
}
