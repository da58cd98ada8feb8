package io.symphony.rehearsal;

import io.symphony.engine.Dispatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** All requests of a rehearsal: each comes, waits for a replica and for one of its workers, and ends. */
final class Clients {

    private static final int MOST_WAITING = 1_000;

    /** A service time that is spread exponentially is longer than this many means once in ten million million. */
    private static final int LONGEST_SERVICE = 30;

    private final SplittableRandom random;
    private final Dispatcher<Visit> dispatcher = new Dispatcher<>(Visit::new);
    private final List<Workers> workers = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Departures departures;
    private final long objectiveNanos;
    private ServiceModel service;
    private long ended;
    private long late;
    private long shed;

    /** One who found no replica. */
    private record Waiting(long ticket, long cameNanos) {}

    Clients(Rehearsal rehearsal, SplittableRandom random, long tickNanos) {
        this.random = random;
        this.service = rehearsal.service();
        this.objectiveNanos = rehearsal.objective().toNanos();
        this.departures = new Departures(tickNanos, longestStay(rehearsal));
    }

    private static long longestStay(Rehearsal rehearsal) {
        return rehearsal
                .services()
                .mapToLong(each -> each.patience().toNanos()
                        + LONGEST_SERVICE * each.serviceTime().toNanos())
                .max()
                .orElseThrow();
    }

    Dispatcher<Visit> dispatcher() {
        return dispatcher;
    }

    /** From now on replicas are like that. */
    void servedBy(ServiceModel other, long now) {
        service = other;
        workers.forEach(each -> each.become(other.concurrency(), now));
    }

    /** A request; whether somebody serves it at once. */
    boolean comes(long nanos) {
        long ticket = dispatcher.ticket();
        Visit visit = waiting.isEmpty() ? dispatcher.inTurn(ticket) : null;
        if (visit != null) {
            serve(visit, nanos, nanos);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.addLast(new Waiting(ticket, nanos));
        } else {
            lost();
        }
        return visit != null;
    }

    private void serve(Visit visit, long came, long now) {
        Workers those = workersOf(visit, now);
        long begins = Math.max(now, those.nextFree());
        long patientUntil = came + service.patience().toNanos();
        if (begins > patientUntil) {
            visit.givesUp();
            lost();
            departures.add(visit, patientUntil);
            return;
        }
        long ends = begins
                + (long) (random.nextExponential() * service.serviceTime().toNanos());
        those.takeNextUntil(ends);
        late += ends - came > objectiveNanos ? 1 : 0;
        departures.add(visit, ends);
    }

    private Workers workersOf(Visit visit, long now) {
        int index = (int) visit.replicaNumber();
        while (workers.size() <= index) {
            workers.add(new Workers(service.concurrency(), now));
        }
        return workers.get(index);
    }

    private void lost() {
        shed++;
        late++;
    }

    /** Those go whose time it is. */
    void leave() {
        for (Visit visit : departures.next()) {
            ended += visit.leave() ? 1 : 0;
        }
    }

    /** Those who wait are let in, first come first served, as soon as somebody serves; who has waited too long goes. */
    void letIn(long now) {
        while (!waiting.isEmpty()
                && now - waiting.getFirst().cameNanos() > service.patience().toNanos()) {
            waiting.removeFirst();
            lost();
        }
        for (Waiting next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            Visit visit = dispatcher.inTurn(next.ticket());
            if (visit == null) {
                return;
            }
            waiting.removeFirst();
            serve(visit, next.cameNanos(), now);
        }
    }

    long begun() {
        return dispatcher.accepted();
    }

    long ended() {
        return ended;
    }

    long late() {
        return late;
    }

    long shed() {
        return shed;
    }

    /** How many wait for a replica. */
    int waiting() {
        return waiting.size();
    }
}
