package io.symphony.examples.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run measured.
 *
 * @param unsent requests that were due within the time, but found every connection busy
 * @param reconnects times that the server closed a connection between two requests and the request went out again
 */
public record LoadResult(
        long succeeded,
        long failed,
        long unsent,
        long reconnects,
        long bytes,
        Duration elapsed,
        Histogram latencies,
        Map<Integer, Long> statuses,
        Map<String, Long> reasons) {

    public long total() {
        return succeeded + failed;
    }

    public double perSecond() {
        return total() / (Math.max(1, elapsed.toNanos()) / 1e9);
    }

    /** Adds up the loops' tallies. */
    static final class Sum {
        private final Histogram latencies = new Histogram();
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private final Map<String, Long> reasons = new TreeMap<>();
        private long succeeded;
        private long failed;
        private long bytes;
        private long reconnects;

        void add(long moreSucceeded, long moreFailed, long moreBytes, long moreReconnects) {
            succeeded += moreSucceeded;
            failed += moreFailed;
            bytes += moreBytes;
            reconnects += moreReconnects;
        }

        Histogram latencies() {
            return latencies;
        }

        Map<Integer, Long> statuses() {
            return statuses;
        }

        Map<String, Long> reasons() {
            return reasons;
        }

        LoadResult result(Duration elapsed, long unsent) {
            return new LoadResult(succeeded, failed, unsent, reconnects, bytes, elapsed, latencies, statuses, reasons);
        }
    }
}
