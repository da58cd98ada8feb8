package io.symphony.scaling;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The record of the decisions, one entry a second: extremes, so that no peak between two looks is lost. An entry holds
 * until the next one. The loop alone writes and reads it.
 */
final class PastRecord implements Past {

    private static final long SPACING = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 1 << 12;

    private long[] times = new long[64];
    private long[] wantTimes = new long[64];
    private int[] wants = new int[64];
    private int[] lowest = new int[64];
    private int[] highest = new int[64];
    private int[] ready = new int[64];
    private int first;
    private int size;

    /** Notes what stands after a decision. The replicas that served are as of then. */
    void note(Duration elapsed, Target target, int readyNow) {
        long time = elapsed.toNanos();
        long second = time - Math.floorMod(time, SPACING);
        if (size == 0 || times[index(size - 1)] < second) {
            append(second, target.replicas());
        }
        int last = index(size - 1);
        lowest[last] = Math.min(lowest[last], target.replicas());
        highest[last] = Math.max(highest[last], target.replicas());
        ready[last] = readyNow;
        if (target.wanted().isPresent() && target.replicasWanted() >= wants[last]) {
            wants[last] = target.replicasWanted();
            wantTimes[last] = time;
        }
    }

    private void append(long second, int target) {
        if (size == times.length && size < MOST) {
            grow();
        }
        if (size == times.length) {
            first = (first + 1) & (times.length - 1);
            size--;
        }
        int end = index(size++);
        times[end] = second;
        wantTimes[end] = Long.MIN_VALUE;
        wants[end] = 0;
        lowest[end] = target;
        highest[end] = target;
    }

    /** Only before the ring has turned for the first time, so all stands in its order. */
    private void grow() {
        times = Arrays.copyOf(times, size * 2);
        wantTimes = Arrays.copyOf(wantTimes, size * 2);
        wants = Arrays.copyOf(wants, size * 2);
        lowest = Arrays.copyOf(lowest, size * 2);
        highest = Arrays.copyOf(highest, size * 2);
        ready = Arrays.copyOf(ready, size * 2);
    }

    @Override
    public OptionalInt highestWantAfter(Duration time) {
        long after = time.toNanos();
        int most = -1;
        for (int i = Math.max(0, lastAtOrBefore(after)); i < size; i++) {
            int at = index(i);
            most = wantTimes[at] > after ? Math.max(most, wants[at]) : most;
        }
        return most < 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }

    @Override
    public OptionalInt lowestTargetSince(Duration time) {
        int least = Integer.MAX_VALUE;
        for (int i = Math.max(0, lastAtOrBefore(time.toNanos())); i < size; i++) {
            least = Math.min(least, lowest[index(i)]);
        }
        return size == 0 ? OptionalInt.empty() : OptionalInt.of(least);
    }

    @Override
    public OptionalInt highestTargetSince(Duration time) {
        int most = 0;
        for (int i = Math.max(0, lastAtOrBefore(time.toNanos())); i < size; i++) {
            most = Math.max(most, highest[index(i)]);
        }
        return size == 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }

    @Override
    public OptionalInt readyAt(Duration time) {
        int at = lastAtOrBefore(time.toNanos());
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(ready[index(at)]);
    }

    private int lastAtOrBefore(long time) {
        return Ring.lastAtOrBefore(time, times, first, size);
    }

    private int index(int fromOldest) {
        return Ring.index(fromOldest, times, first);
    }
}
