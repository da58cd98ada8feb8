package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hot-path half of a replica: a gate that counts who is inside and can be shut.
 *
 * <p>One word is the gate: the shut bit, the parity of the current generation, and how many ever came. Two more count who
 * left, by the generation that they came in. So a request is one addition on its way in and one on its way out, and how
 * many came needs no count of its own. {@link #turn()} starts a new generation once the former one is empty; a former
 * one that stays means that somebody who came before the last turn has not left yet, and no request had to be stamped
 * with the time.
 *
 * <p>Entering adds first and looks afterwards: under contention an addition always succeeds where a compare-and-set
 * would have to try again. Who finds the gate shut leaves again, so the count of a shut gate may show a visitor for an
 * instant, but never lets one stay.
 */
public final class Slot {

    private static final long SHUT = Long.MIN_VALUE;
    private static final long ODD = 1L << 62;
    private static final long COUNT = ODD - 1;

    /** Where the words stand, those of the way in far from those of the way out: cores would wait for each other. */
    private static final int GATE = 16;

    private static final int LEFT_EVEN = 32;
    private static final int LEFT_ODD = 33;
    private static final int TURNED_AWAY = 34;
    private static final int LONELY = 48;

    /** How long it is spared by those who wait, after a connection to it was refused or broke. */
    static final long REST_NANOS = 100_000_000;

    private static final long AWAKE = 0;

    /** As many may be inside as come. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private final ReplicaId id;
    private final Endpoint endpoint;
    private final int weight;
    private final int most;
    private final LongAdder failures = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicLong unanswered = new AtomicLong();
    private final Pulse pulse = new Pulse();
    private final AtomicReference<Strikes> strikes = new AtomicReference<>(Strikes.NONE);

    /** When its rest is over, or that it has none. */
    private final AtomicLong rest = new AtomicLong();

    private volatile boolean onTrial;
    private volatile int limit;
    private final AtomicLongArray words = new AtomicLongArray(LONELY);

    /** How many came in the finished generations, by parity; the control thread alone keeps it, and what follows. */
    private final long[] came = new long[2];

    /** How many had come when the last generation began. */
    private long turned;

    Slot(ReplicaId id, Endpoint endpoint, int weight) {
        this(id, endpoint, weight, UNLIMITED);
    }

    /** One that holds so many at a time. */
    Slot(ReplicaId id, Endpoint endpoint, int weight, int most) {
        this.id = id;
        this.endpoint = endpoint;
        this.weight = weight;
        this.most = most;
        this.limit = most;
    }

    /** Comes in and returns the mark to leave with, or {@code 0} if the gate is shut or all places are taken. */
    public long enter() {
        if (limit != UNLIMITED) {
            return enterIfThereIsRoom();
        }
        long before = words.getAndIncrement(GATE);
        int mark = exitFor(before);
        if (before < 0) {
            words.getAndIncrement(TURNED_AWAY);
            leave(mark);
            return 0;
        }
        return mark;
    }

    /** Looks first: where places are few, nobody may take one away by only asking for it. */
    private long enterIfThereIsRoom() {
        while (true) {
            long before = words.get(GATE);
            if (before < 0 || (before & COUNT) - left() >= limit) {
                return 0;
            }
            if (words.compareAndSet(GATE, before, before + 1)) {
                return exitFor(before);
            }
        }
    }

    private static int exitFor(long gate) {
        return (gate & ODD) == 0 ? LEFT_EVEN : LEFT_ODD;
    }

    public void leave(long mark) {
        words.getAndIncrement((int) mark);
    }

    /** Leaves without an answer of the replica; noted first, or the one who left would seem to be answered. */
    public void leaveUnanswered(long mark) {
        unanswered.incrementAndGet();
        leave(mark);
    }

    /** How many the replica has answered; who left is read first, so whoever leaves meanwhile is not counted yet. */
    long answered() {
        return left() - words.get(TURNED_AWAY) - unanswered.get();
    }

    private long left() {
        return words.get(LEFT_EVEN) + words.get(LEFT_ODD);
    }

    /** It gets one request at a time, beside those that it has not answered yet. */
    void tryOut() {
        if (!onTrial) {
            onTrial = true;
            limit = inside() + 1; // beyond the most, too, or those that hang would leave no place to find out
            pulse.forget();
        }
    }

    /** It holds no more than so many for now; a trial stands above that. */
    void ease(int places) {
        if (!onTrial) {
            limit = Math.min(most, places);
        }
    }

    /** It gets as many as come. */
    void trust() {
        if (onTrial) {
            limit = most;
            onTrial = false;
        }
    }

    /** Whether one who leaves makes room for another. */
    public boolean isLimited() {
        return limit != UNLIMITED;
    }

    /** Whether a request that may not be repeated had better go elsewhere. */
    public boolean isOnTrial() {
        return onTrial;
    }

    /** What the control thread hears of it. */
    Pulse pulse() {
        return pulse;
    }

    void shut() {
        words.accumulateAndGet(GATE, SHUT, (now, shut) -> now | shut);
    }

    void reopen() {
        words.accumulateAndGet(GATE, ~SHUT, (now, open) -> now & open);
    }

    boolean isShut() {
        return words.get(GATE) < 0;
    }

    /** Who left is read first: whoever leaves meanwhile is still counted, and nobody is missed. */
    public int inside() {
        long left = left();
        return (int) ((words.get(GATE) & COUNT) - left);
    }

    /** Starts a new generation if nobody of the former one is left; otherwise says how many are. */
    int turn() {
        int current = parity(words.get(GATE));
        long former = came[1 - current] - words.get(LEFT_EVEN + 1 - current);
        if (former == 0) {
            long count = words.getAndAccumulate(GATE, ODD, (word, bit) -> word ^ bit) & COUNT;
            came[current] += count - turned;
            turned = count;
        }
        return (int) former;
    }

    private static int parity(long gate) {
        return (gate & ODD) == 0 ? 0 : 1;
    }

    /** A connection to it was refused or broke: whoever has had to wait already does not run into the same at once. */
    void rest(long now) {
        rest.set(restFrom(now));
    }

    public boolean isResting() {
        return rest.get() != AWAKE;
    }

    /** It answers, or is found well. */
    public void wake() {
        rest.set(AWAKE);
    }

    /** Whether one who waits may be sent to it: when it has rested, one at a time finds out if it works again. */
    boolean takesOneWhoWaits(long now) {
        long end = rest.get();
        return end == AWAKE || now - end >= 0 && rest.compareAndSet(end, restFrom(now));
    }

    private static long restFrom(long now) {
        return (now + REST_NANOS) | 1; // never what stands for awake
    }

    void failed() {
        failures.increment();
    }

    /** Counts one more failure; says how many there were within this time of the first one. */
    int struck(long now, long windowNanos) {
        return strikes.updateAndGet(before -> before.another(now, windowNanos)).count();
    }

    /** Past failures are forgotten. */
    void pardon() {
        strikes.set(Strikes.NONE);
        wake();
    }

    /** A request was answered, with an error of the server. */
    public void erred() {
        errors.increment();
    }

    /** How many got in so far. */
    public long entered() {
        long turnedAway = words.get(TURNED_AWAY);
        return (words.get(GATE) & COUNT) - turnedAway;
    }

    public long failures() {
        return failures.sum();
    }

    public long errors() {
        return errors.sum();
    }

    public ReplicaId id() {
        return id;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    int weight() {
        return weight;
    }
}
