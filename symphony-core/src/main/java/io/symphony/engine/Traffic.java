package io.symphony.engine;

import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How requests ended, the one ledger of it. Striped, because every request's thread writes here and hardly anybody
 * reads: an end costs one addition, whatever its reason. How many were accepted is the dispatcher's cursor, since each
 * takes one ticket.
 */
public final class Traffic {

    private final LongAdder completed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder[] shed = adders(ShedReason.values().length);
    private final LongAdder[] failed = adders(FailureReason.values().length);

    public void completed() {
        completed.increment();
    }

    public void abandoned() {
        abandoned.increment();
    }

    public void shed(ShedReason why) {
        shed[why.ordinal()].increment();
    }

    public void failed(FailureReason why) {
        failed[why.ordinal()].increment();
    }

    /** How many a replica finished, well or not. */
    public long finished() {
        return completed.sum() + sum(failed);
    }

    /** The sums, given how many were accepted; read last, so that no end is counted without its beginning. */
    public Counts counts(LongSupplier accepted) {
        long completedSum = completed.sum();
        long abandonedSum = abandoned.sum();
        Map<ShedReason, Long> shedSums = sums(ShedReason.class, ShedReason.values(), shed);
        Map<FailureReason, Long> failedSums = sums(FailureReason.class, FailureReason.values(), failed);
        return new Counts(accepted.getAsLong(), completedSum, abandonedSum, shedSums, failedSums);
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, E[] reasons, LongAdder[] adders) {
        Map<E, Long> sums = new EnumMap<>(type);
        for (E reason : reasons) {
            sums.put(reason, adders[reason.ordinal()].sum());
        }
        return Collections.unmodifiableMap(sums);
    }

    /** How many have ended, one way or the other. */
    long ended() {
        return completed.sum() + abandoned.sum() + sum(shed) + sum(failed);
    }

    private static long sum(LongAdder[] adders) {
        long sum = 0;
        for (LongAdder adder : adders) {
            sum += adder.sum();
        }
        return sum;
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** One reading of all of them. */
    public record Counts(
            long accepted,
            long completed,
            long abandoned,
            Map<ShedReason, Long> shed,
            Map<FailureReason, Long> failed) {}
}
