package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import java.time.Duration;

/**
 * Since when a replica has answered nothing although somebody waits, and how long that usually lasts. The counts of all
 * at the beginning of the silence are kept, to hold it against. The control thread alone reads and writes it.
 */
final class Pulse {

    /** A new replica may take its time over its first requests. */
    private static final long FIRST_USUAL = Duration.ofMillis(250).toNanos();

    private static final int PATIENCE = 4;
    private static final int MEMORY = 32;

    private long entered;
    private long answered;
    private int inside;
    private boolean answers;
    private boolean fresh;
    private long usual = FIRST_USUAL;
    private long suspectedNanos;
    private long silentSince;
    private long enteredThen;
    private long allEnteredThen;
    private long allAnsweredThen;

    /** Reads the counts of a tick, and adds them to those of all. */
    void read(Slot slot, Chorus all) {
        if (inside == 0 || answers) {
            begin(all);
        }
        fresh |= inside == 0;
        long enteredNow = slot.entered();
        long answeredNow = Math.max(answered, slot.answered());
        inside = slot.inside();
        answers = answeredNow > answered;
        all.add(enteredNow - entered, answeredNow - answered, inside);
        if (answers) {
            usual = answered == 0 ? 0 : usual; // so far it was a guess
            learn(all.nanosBefore() - silentSince); // it may have answered right after the last tick
            fresh = false;
        }
        entered = enteredNow;
        answered = answeredNow;
    }

    /** A silence may begin with this tick. */
    private void begin(Chorus all) {
        silentSince = all.nanosBefore();
        enteredThen = entered;
        allEnteredThen = all.enteredBefore();
        allAnsweredThen = all.answeredBefore();
    }

    /**
     * The longest of late is usual. Of one that was suspected, what it took until then: it gets more time from then on, in
     * case it is only slow, but not much more for having hung long.
     */
    private void learn(long lasted) {
        long counted = suspectedNanos > 0 ? suspectedNanos : lasted;
        usual = counted > usual ? counted : usual - (usual - counted) / MEMORY;
        suspectedNanos = 0;
    }

    /** What was silent so far does not count any more. */
    void forget() {
        answers = true;
        fresh = true;
    }

    /** Whether it has answered since the last tick. */
    boolean answers() {
        return answers;
    }

    boolean isSilentFor(long nanos, Chorus all) {
        return inside > 0 && !answers && all.nanos() - silentSince >= nanos;
    }

    /** How many have come in since it fell silent; none of them was answered. */
    long waiting() {
        return entered - enteredThen;
    }

    /** From when on a silence is suspect. The first answer of all takes as long as a request does. */
    long patienceNanos(long least, Chorus all) {
        return Math.max(least, PATIENCE * (fresh ? Math.max(usual, all.averageNanos()) : usual));
    }

    /** How many of those who came in since would have been answered by now at the others. */
    double answersDue(Chorus all) {
        long othersEntered = all.entered() - allEnteredThen - waiting();
        long othersAnswered = all.answered() - allAnsweredThen;
        return othersEntered == 0 ? 0 : (double) waiting() * Math.min(othersAnswered, othersEntered) / othersEntered;
    }

    /** It is suspected from now on. */
    Fact.Hung hung(ReplicaId id, Chorus all) {
        suspectedNanos = all.nanos() - silentSince;
        return new Fact.Hung(id, inside, suspectedNanos, all.answered() - allAnsweredThen);
    }
}
