package io.symphony.engine;

import io.symphony.scaling.Load;
import java.time.Duration;

/**
 * The record of the traffic: running sums, one sample a tick, so that any window is one subtraction. The loop alone
 * writes and reads it. Times are nanoseconds since the start. A sum is as of the last sample that is kept, so what was
 * once said of a window is never revised.
 */
final class LoadHistory implements Load {

    private static final long SPACING = Duration.ofMillis(100).toNanos();
    private static final int MOST = 1 << 16;

    private long[] times = new long[256];
    private long[] requests = new long[256];
    private double[] busy = new double[256];
    private int first;
    private int size;
    private long lastTime;
    private long lastRequests;
    private double lastBusy;

    /**
     * Notes the running count of requests and how many are inside now. Samples closer than the spacing replace each
     * other's end, so a burst of ticks does not shorten the record.
     */
    void sample(long elapsed, long requestsSoFar, int inside) {
        lastBusy += (double) inside * Math.max(0, elapsed - lastTime);
        lastTime = elapsed;
        lastRequests = requestsSoFar;
        if (size == 0 || elapsed - times[index(size - 1)] >= SPACING) {
            append();
        }
    }

    private void append() {
        if (size == times.length && size < MOST) {
            grow();
        }
        if (size == times.length) {
            first = (first + 1) & (times.length - 1);
            size--;
        }
        int end = index(size++);
        times[end] = lastTime;
        requests[end] = lastRequests;
        busy[end] = lastBusy;
    }

    private void grow() {
        long[] moreTimes = new long[times.length * 2];
        long[] moreRequests = new long[times.length * 2];
        double[] moreBusy = new double[times.length * 2];
        for (int i = 0; i < size; i++) {
            moreTimes[i] = times[index(i)];
            moreRequests[i] = requests[index(i)];
            moreBusy[i] = busy[index(i)];
        }
        first = 0;
        times = moreTimes;
        requests = moreRequests;
        busy = moreBusy;
    }

    @Override
    public long requestsBetween(Duration from, Duration to) {
        return requestsAt(to.toNanos()) - requestsAt(from.toNanos());
    }

    @Override
    public double concurrencyBetween(Duration from, Duration to) {
        long begin = Math.max(from.toNanos(), recordedSince().toNanos());
        long end = Math.min(to.toNanos(), size == 0 ? 0 : times[index(size - 1)]);
        return end <= begin ? 0 : (busyAt(end) - busyAt(begin)) / (end - begin);
    }

    @Override
    public Duration recordedSince() {
        return Duration.ofNanos(first == 0 && size < MOST ? 0 : times[first]);
    }

    private long requestsAt(long time) {
        int before = lastAtOrBefore(time);
        return before < 0 ? (size < MOST ? 0 : requests[first]) : requests[index(before)];
    }

    private double busyAt(long time) {
        int before = lastAtOrBefore(time);
        return before < 0 ? (size < MOST ? 0 : busy[first]) : busy[index(before)];
    }

    /** The youngest sample that is not younger than a time, counted from the oldest; -1 where there is none. */
    private int lastAtOrBefore(long time) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (times[index(middle)] <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private int index(int fromOldest) {
        return (first + fromOldest) & (times.length - 1);
    }
}
