package io.symphony.examples.load;

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
        return new ClosedLoop(requests);
    }

    /** As many requests, evenly spread. */
    static Schedule evenly(double perSecond, long requests) {
        return new Even(1e9 / perSecond, requests);
    }

    /** Every request is due, and waits for a connection alone. */
    record ClosedLoop(long requests) implements Schedule {
        @Override
        public long dueNanos(long index) {
            return index < requests ? 0 : NEVER;
        }

        @Override
        public boolean isOpenLoop() {
            return false;
        }
    }

    /** One request after the other at equal distances. */
    record Even(double gapNanos, long requests) implements Schedule {
        @Override
        public long dueNanos(long index) {
            return index < requests ? (long) (index * gapNanos) : NEVER;
        }

        @Override
        public boolean isOpenLoop() {
            return true;
        }
    }
}
