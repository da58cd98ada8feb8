package io.symphony.scaling;

/** Times in rising order that fill an array from some place on and go on at its beginning; its length is a power of two. */
final class Ring {

    private Ring() {}

    /** The place of the last time that is not later than one, counted from the oldest; -1 where there is none. */
    static int lastAtOrBefore(long time, long[] times, int first, int size) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (times[index(middle, times, first)] <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Where in the array the one stands that is so far from the oldest. */
    static int index(int fromOldest, long[] times, int first) {
        return (first + fromOldest) & (times.length - 1);
    }
}
