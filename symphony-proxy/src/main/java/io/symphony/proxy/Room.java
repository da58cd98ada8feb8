package io.symphony.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** How many clients a listener has at once, over all its loops. It is asked once a connection, never a request. */
final class Room {

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    Room(int most) {
        this.most = most;
    }

    boolean enter() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void leave() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
