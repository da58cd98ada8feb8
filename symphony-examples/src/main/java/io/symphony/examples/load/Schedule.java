package io.symphony.examples.load;

import java.time.Duration;
import java.util.List;

/** When each request of a run is due. Pure: the same index always has the same answer. */
public interface Schedule {
    /** The answer for an index past the last request. */
    long NEVER = Long.MAX_VALUE;

    /** Nanoseconds from the start of the run until this request is due, or {@link #NEVER}. */
    long dueNanos(long index);

    /**
     * Whether a request is due at its time even while earlier ones are unanswered. Then its latency counts from that time:
     * a server that stalls must not be able to hide it by stalling us.
     */
    boolean isOpenLoop();

    /** As many requests, each sent as soon as a connection is free. */
    static Schedule asFastAsAnswered(long requests) {
        return new Schedule() {
            @Override
            public long dueNanos(long index) {
                return index < requests ? 0 : NEVER;
            }

            @Override
            public boolean isOpenLoop() {
                return false;
            }
        };
    }

    /** As many requests, evenly spread. */
    static Schedule evenly(double perSecond, long requests) {
        double gapNanos = 1e9 / perSecond;
        return openLoop(index -> index < requests ? (long) (index * gapNanos) : NEVER);
    }

    /** One phase after another, and then again from the first, without end. */
    static Schedule waves(List<Phase> phases) {
        return openLoop(new Waves(phases)::dueNanos);
    }

    private static Schedule openLoop(Due due) {
        return new Schedule() {
            @Override
            public long dueNanos(long index) {
                return due.nanos(index);
            }

            @Override
            public boolean isOpenLoop() {
                return true;
            }
        };
    }

    /** A stretch of time at one rate. */
    record Phase(int perSecond, Duration length) {
        long requests() {
            return perSecond * length.toMillis() / 1000;
        }

        long dueNanos(long index) {
            return index * 1_000_000_000 / perSecond;
        }
    }

    /** A request's due time within an open loop. */
    @FunctionalInterface
    interface Due {
        long nanos(long index);
    }
}
