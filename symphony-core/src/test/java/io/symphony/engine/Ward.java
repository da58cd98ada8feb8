package io.symphony.engine;

import io.symphony.fleet.Replica;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The control loop over replicas that get requests, in virtual time: so many requests a tick, each inside for as long as a
 * test says, and for ever in one that hangs. The outside world answers each action in the next tick.
 */
final class Ward {

    /** How long a request takes, in milliseconds, by the number of its ticket. */
    ToLongFunction<Long> takes = ticket -> 5;

    int requestsATick = 50;
    final Set<Long> hung = new HashSet<>();
    final Set<Long> unwell = new HashSet<>();
    final List<Note> notes = new ArrayList<>();

    private final Dispatcher<Visit> dispatcher = new Dispatcher<>((slot, mark) -> new Visit(slot, mark));
    private final List<Visit> inside = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final ControlLoop loop;
    private long nanos;
    private final List<Long> starts = new ArrayList<>();
    private long turnedAway;
    private final List<Fact> news = new ArrayList<>();

    /** One request inside a replica. */
    private static final class Visit {
        private final Slot slot;
        private final long mark;
        private long doneNanos;

        Visit(Slot slot, long mark) {
            this.slot = slot;
            this.mark = mark;
        }
    }

    Ward(Rules rules) {
        loop = new ControlLoop(
                Story.SPEC, rules, dispatcher, Story.meters(dispatcher::accepted), actions::add, notes::add, nanos);
    }

    /** Goes on until so much time has passed. */
    Ward run(Duration time) {
        for (long left = time.toNanos(); left > 0; left -= Story.TICK.toNanos()) {
            tick(Story.TICK);
        }
        return this;
    }

    /** One tick that comes so long after the last one. */
    Ward tick(Duration after) {
        nanos += after.toNanos();
        answer();
        for (int i = 0; i < requestsATick; i++) {
            ask();
        }
        List<Fact> facts = new ArrayList<>(news);
        news.clear();
        actions.forEach(action -> facts.add(factOf(action)));
        actions.clear();
        loop.tick(facts, nanos);
        return this;
    }

    private void ask() {
        long ticket = dispatcher.ticket();
        Visit visit = dispatcher.inTurn(ticket);
        if (visit == null) {
            turnedAway++;
            return;
        }
        visit.doneNanos = nanos + Duration.ofMillis(takes.applyAsLong(ticket)).toNanos();
        inside.add(visit);
    }

    private void answer() {
        for (Iterator<Visit> each = inside.iterator(); each.hasNext(); ) {
            Visit visit = each.next();
            if (visit.doneNanos <= nanos && !hung.contains(visit.slot.id().number())) {
                visit.slot.leave(visit.mark);
                each.remove();
            }
        }
    }

    /** Whoever waits at a replica gives up, or goes elsewhere. */
    Ward allLeave(long number) {
        inside.removeIf(visit -> {
            boolean leaves = visit.slot.id().number() == number;
            if (leaves) {
                visit.slot.leaveUnanswered(visit.mark);
            }
            return leaves;
        });
        return this;
    }

    /** A replica ends by itself. */
    void kill(long number) {
        news.add(new Fact.Vanished(Story.id(number), "killed"));
    }

    private Fact factOf(Action action) {
        if (action instanceof Action.Probe probe) {
            boolean sick = unwell.contains(probe.id().number());
            return Story.probed(probe.id().number(), sick ? ProbeResult.silent("timeout") : ProbeResult.well());
        } else if (action instanceof Action.Start start) {
            starts.add(start.id().number());
            return Story.started(start.id().number());
        } else if (action instanceof Action.Stop stop) {
            return new Fact.Stopped(stop.id(), "");
        }
        return new Fact.Surveyed(sightings(), nanos);
    }

    private List<Sighting> sightings() {
        List<Sighting> all = new ArrayList<>();
        for (Replica replica : loop.state().fleet()) {
            if (replica.endpoint().isPresent()) {
                all.add(Story.sighting(replica.id().number(), replica.version()));
            }
        }
        return all;
    }

    State state() {
        return loop.state();
    }

    @Nullable
    Replica replica(long number) {
        return loop.state().fleet().find(Story.id(number)).orElse(null);
    }

    int inside(long number) {
        return (int) inside.stream()
                .filter(visit -> visit.slot.id().number() == number)
                .count();
    }

    /** How many get no requests because of what their requests or checks tell. */
    long out() {
        long out = 0;
        for (Replica replica : loop.state().fleet()) {
            out += replica.ejection().isOut() ? 1 : 0;
        }
        return out;
    }

    /** The numbers of those whose start was ordered so far. */
    List<Long> starts() {
        return starts;
    }

    long turnedAway() {
        return turnedAway;
    }

    List<String> said(Kind kind) {
        return notes.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> each.replica() + ": " + each.text())
                .toList();
    }
}
