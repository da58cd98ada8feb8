package io.symphony.scaling;

/** Times in rising order that fill an array from some place on and go on at its beginning; its length is a power of two. */
final class Ring {

    private Ring() {}

    /**
     * The place of the last time that is not later than one, counted from the oldest; -1 where there is none. The times are
     * mostly equally far apart, so a guess in proportion finds it at once; halving in between bounds the search where not.
     */
    static int lastAtOrBefore(long time, long[] times, int first, int size) {
        int low = 0;
        int high = size - 1;
        for (boolean guess = true; low <= high; guess = !guess) {
            int middle = guess ? inProportion(time, times, first, low, high) : (low + high) >>> 1;
            if (times[index(middle, times, first)] <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static int inProportion(long time, long[] times, int first, int low, int high) {
        long earliest = times[index(low, times, first)];
        double span = times[index(high, times, first)] - earliest;
        double share = span == 0 ? 0 : (time - earliest) / span;
        return low + (int) ((high - low) * Math.min(1, Math.max(0, share)));
    }

    /** Where in the array the one stands that is so far from the oldest. */
    static int index(int fromOldest, long[] times, int first) {
        return (first + fromOldest) & (times.length - 1);
    }
}
