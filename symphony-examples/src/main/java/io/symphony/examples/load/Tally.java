package io.symphony.examples.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What one event loop has seen. Only that loop writes; others may read the two counters while it runs. */
final class Tally {
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Histogram latencies = new Histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long bytes;
    private long reconnects;
    private int lastStatus;
    private long lastStatusCount;

    /** An answer came; from 400 on it is a failure. */
    void answered(int status, long nanos) {
        latencies.record(nanos);
        countStatus(status);
        if (status < 400) {
            succeeded.lazySet(succeeded.getPlain() + 1);
        } else {
            failed("status " + status);
        }
    }

    /** No answer came, or it was an error. */
    void failed(String reason) {
        reasons.merge(reason, 1L, Long::sum);
        failed.lazySet(failed.getPlain() + 1);
    }

    void received(int more) {
        bytes += more;
    }

    void reconnected() {
        reconnects++;
    }

    long succeeded() {
        return succeeded.get();
    }

    long failed() {
        return failed.get();
    }

    /** Adds all of this to a sum. The loop must have ended. */
    void addTo(LoadResult.Sum sum) {
        flushStatus();
        sum.add(succeeded(), failed(), bytes, reconnects);
        sum.latencies().add(latencies);
        statuses.forEach((status, count) -> sum.statuses().merge(status, count, Long::sum));
        reasons.forEach((reason, count) -> sum.reasons().merge(reason, count, Long::sum));
    }

    /** Nearly every answer has the status of the one before it, so a map would mostly box the same two numbers. */
    private void countStatus(int status) {
        if (status != lastStatus) {
            flushStatus();
            lastStatus = status;
        }
        lastStatusCount++;
    }

    private void flushStatus() {
        if (lastStatusCount > 0) {
            statuses.merge(lastStatus, lastStatusCount, Long::sum);
        }
        lastStatusCount = 0;
    }
}
