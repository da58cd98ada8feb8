package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Target;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The state as it is being rewritten while facts are read, and the steps that more than one kind of fact leads to. */
final class Draft {

    /** A gap between two ticks from which on we were away ourselves, and do not blame others for being late. */
    private static final long STALL = Duration.ofSeconds(1).toNanos();

    final State before;
    final Fleet.Edit fleet;
    final long stalledNanos;
    RollOut rollOut;
    long highestNumber;
    Target target;
    OptionalInt ordered;
    Lull lull;
    Backoff backoff;
    State.Survey survey;
    Reign reign;
    boolean ending;
    long beganNanos;
    long goneNanos;

    private final long now;
    private final List<Note> notes = new ArrayList<>();

    Draft(State before, long now) {
        this.before = before;
        this.now = now;
        this.fleet = before.fleet().edit();
        this.stalledNanos = now - before.tickedNanos() > STALL ? now : before.stalledNanos();
        this.rollOut = before.rollOut();
        this.highestNumber = before.highestNumber();
        this.target = before.target();
        this.ordered = before.ordered();
        this.lull = before.lull();
        this.backoff = before.backoff().forgivenBy(before.fleet(), now);
        this.survey = before.survey();
        this.reign = before.reign();
        this.ending = before.ending();
        this.beganNanos = before.beganNanos();
        this.goneNanos = before.goneNanos();
    }

    State state() {
        return new State(
                rollOut,
                fleet.done(),
                highestNumber,
                target,
                ordered,
                lull,
                before.budget(),
                before.replacements(),
                before.regret(),
                backoff,
                survey,
                reign,
                ending,
                beganNanos,
                now,
                stalledNanos,
                goneNanos);
    }

    List<Note> notes() {
        return notes;
    }

    void vanished(Fact.Vanished fact) {
        Replica replica = fleet.find(fact.id()).orElse(null);
        if (replica == null || replica.phase() == Phase.STOPPING) {
            return;
        }
        if (!leads()) {
            fleet.remove(replica.id());
            say(replica.id(), Kind.DIED, "gone: " + fact.reason());
            return;
        }
        if (replica.phase() == Phase.STARTING) {
            fleet.put(replica.with(replica.errand().failed())); // only one call may be out for it: wait for this one
            say(replica.id(), Kind.DIED, "ended while it was being started: " + fact.reason());
            return;
        }
        if (replica.phase() == Phase.WARMING) {
            failedToStart(replica, "ended before it was well: " + fact.reason());
            return;
        }
        blameIfYoung(replica, "ended by itself: " + fact.reason());
        stumbled(replica, "ended by itself: " + fact.reason());
        fleet.put(replica.entered(Phase.STOPPING, now));
        Note note = Note.about(replica.id(), Kind.DIED, "ended by itself: " + fact.reason());
        notes.add(replica.phase().leaving() ? note : note.counted(Decision.REPLACED_DEAD));
    }

    /**
     * What is left of a failed start is cleared away by an ordinary stop. Whether it was the replica's fault or the
     * runtime's shows when that is asked what runs.
     */
    void failedToStart(Replica replica, String reason) {
        backoff = backoff.failed(now, reason);
        survey = survey.hastened(now);
        stumbled(replica, reason);
        fleet.put(replica.entered(Phase.STOPPING, now));
        count(Decision.REPLACED_UNSTARTED, replica.id(), Kind.START_FAILED, reason + "; " + backoff.inWords(now));
    }

    /** What falls so soon after it got well had better not been started: a crash loop goes through here. */
    void blameIfYoung(Replica replica, String how) {
        if (replica.phase() == Phase.READY && now - replica.sinceNanos() < Backoff.YOUNG) {
            backoff = backoff.failed(now, how);
        }
    }

    /** A new version has to answer for it. */
    void stumbled(Replica replica, String how) {
        rollOut = rollOut.stumbledOver(replica, how);
    }

    void unowned(ReplicaId id, String finding) {
        fleet.put(Replica.starting(id, rollOut.wanted().version(), now).entered(Phase.STOPPING, now));
        say(id, Kind.STOPPING, finding + ", so it is stopped");
    }

    boolean leads() {
        return reign.leads(now);
    }

    String ago(Replica replica) {
        return Words.seconds(now - replica.sinceNanos());
    }

    void say(ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text));
    }

    void count(Decision decision, ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text).counted(decision));
    }

    void say(Kind kind, String text) {
        notes.add(Note.general(kind, text));
    }
}
