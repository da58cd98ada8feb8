package io.symphony.proxy.cache;

import java.util.concurrent.atomic.AtomicLong;

/** How much may be recorded at a time: the bound of what is kept does not hold what is on its way there. */
final class Room {

    private final int mostOfOne;
    private final long mostOfAll;
    private final AtomicLong taken = new AtomicLong();

    Room(int mostOfOne, long mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** The largest content that is kept. */
    int mostOfOne() {
        return mostOfOne;
    }

    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= mostOfAll) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    long takenBytes() {
        return taken.get();
    }
}
