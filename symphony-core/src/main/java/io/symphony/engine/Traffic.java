package io.symphony.engine;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How requests ended. Striped, because every request's thread writes here and hardly anybody reads. How many were
 * accepted is the dispatcher's cursor: each takes one ticket.
 */
public final class Traffic {

    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder shed = new LongAdder();

    public void completed() {
        completed.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void abandoned() {
        abandoned.increment();
    }

    public void shed() {
        shed.increment();
    }

    /** How many a replica finished, well or not. */
    public long ended() {
        return completed.sum() + failed.sum();
    }

    /** The sums, given how many were accepted; read last, so that no end is counted without its beginning. */
    public Counts counts(LongSupplier accepted) {
        long completedSum = completed.sum();
        long failedSum = failed.sum();
        long abandonedSum = abandoned.sum();
        long shedSum = shed.sum();
        return new Counts(accepted.getAsLong(), completedSum, abandonedSum, shedSum, failedSum);
    }

    /** One reading of all of them. */
    public record Counts(long accepted, long completed, long abandoned, long shed, long failed) {

        /** Those that have begun and not ended. */
        public long open() {
            return accepted - completed - abandoned - shed - failed;
        }
    }
}
