package io.symphony.scaling;

import java.time.Duration;
import java.util.Arrays;

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
    private long[] ended = new long[256];
    private double[] busy = new double[256];
    private double[] queued = new double[256];
    private int first;
    private int size;
    private long lastTime;
    private double lastBusy;
    private double lastQueued;

    /**
     * Notes the running sums and how many are inside and wait now. Samples closer than the spacing replace each other's
     * end, so a burst of ticks does not shorten the record.
     */
    void sample(Sample sample) {
        long elapsed = sample.elapsed().toNanos();
        long passed = Math.max(0, elapsed - lastTime);
        lastBusy += (double) sample.inside() * passed;
        lastQueued += (double) sample.waiting() * passed;
        lastTime = elapsed;
        if (size == 0 || elapsed - times[index(size - 1)] >= SPACING) {
            append(sample);
        }
    }

    private void append(Sample sample) {
        if (size == times.length && size < MOST) {
            grow();
        }
        if (size == times.length) {
            first = (first + 1) & (times.length - 1);
            size--;
        }
        int end = index(size++);
        times[end] = lastTime;
        requests[end] = sample.requests();
        ended[end] = sample.ended();
        busy[end] = lastBusy;
        queued[end] = lastQueued;
    }

    /** Only before the ring has turned for the first time, so all stands in its order. */
    private void grow() {
        times = Arrays.copyOf(times, size * 2);
        requests = Arrays.copyOf(requests, size * 2);
        ended = Arrays.copyOf(ended, size * 2);
        busy = Arrays.copyOf(busy, size * 2);
        queued = Arrays.copyOf(queued, size * 2);
    }

    @Override
    public long requestsBetween(Duration from, Duration to) {
        return sumAt(requests, to) - sumAt(requests, from);
    }

    @Override
    public long endedBetween(Duration from, Duration to) {
        return sumAt(ended, to) - sumAt(ended, from);
    }

    @Override
    public double concurrencyBetween(Duration from, Duration to) {
        return averageBetween(busy, from, to);
    }

    @Override
    public double waitingBetween(Duration from, Duration to) {
        return averageBetween(queued, from, to);
    }

    private double averageBetween(double[] areas, Duration from, Duration to) {
        long begin = Math.max(from.toNanos(), recordedSince().toNanos());
        long end = Math.min(to.toNanos(), size == 0 ? 0 : times[index(size - 1)]);
        return end <= begin ? 0 : (areaAt(areas, end) - areaAt(areas, begin)) / (end - begin);
    }

    @Override
    public Duration recordedSince() {
        return Duration.ofNanos(first == 0 && size < MOST ? 0 : times[first]);
    }

    private long sumAt(long[] sums, Duration time) {
        int before = lastAtOrBefore(time.toNanos());
        return before < 0 ? (size < MOST ? 0 : sums[first]) : sums[index(before)];
    }

    private double areaAt(double[] areas, long time) {
        int before = lastAtOrBefore(time);
        return before < 0 ? (size < MOST ? 0 : areas[first]) : areas[index(before)];
    }

    private int lastAtOrBefore(long time) {
        return Ring.lastAtOrBefore(time, times, first, size);
    }

    private int index(int fromOldest) {
        return Ring.index(fromOldest, times, first);
    }
}
