package io.symphony.rehearsal;

import java.util.Arrays;

/**
 * The workers of one replica: when each of them is free, as a heap. A request takes the one that is free first, so requests
 * are served in their order, and when each of them ends is known as it comes.
 */
final class Workers {

    private long[] freeNanos;

    Workers(int count, long now) {
        freeNanos = new long[count];
        Arrays.fill(freeNanos, now);
    }

    /** From now on there are so many; those that go finish what they do. */
    void become(int count, long now) {
        Arrays.sort(freeNanos);
        int former = freeNanos.length;
        freeNanos = Arrays.copyOfRange(freeNanos, Math.max(0, former - count), Math.max(former, count));
        Arrays.fill(freeNanos, Math.min(former, count), count, now);
        Arrays.sort(freeNanos);
    }

    /** When the next one is free. */
    long nextFree() {
        return freeNanos[0];
    }

    /** The one that is free next is busy until then. */
    void takeNextUntil(long nanos) {
        int place = 0;
        for (int child = 1; child < freeNanos.length; child = 2 * place + 1) {
            boolean rightIsEarlier = child + 1 < freeNanos.length && freeNanos[child + 1] < freeNanos[child];
            int earlier = rightIsEarlier ? child + 1 : child;
            if (nanos <= freeNanos[earlier]) {
                break;
            }
            freeNanos[place] = freeNanos[earlier];
            place = earlier;
        }
        freeNanos[place] = nanos;
    }
}
