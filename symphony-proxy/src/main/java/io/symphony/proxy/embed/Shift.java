package io.symphony.proxy.embed;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that is done by one thread at a time and without a lock: who comes meanwhile leaves it to that thread. A lock would
 * do harm, for a container holds locks of its own when it calls us, and takes them when it is called.
 */
final class Shift {

    private final Runnable work;
    private final AtomicInteger due = new AtomicInteger();

    /** The work looks for what there is to do, and throws nothing. */
    Shift(Runnable work) {
        this.work = work;
    }

    /** Has the work done, now or right after it. */
    void ask() {
        if (due.getAndIncrement() > 0) {
            return;
        }
        int begun = 1;
        while (begun > 0) {
            work.run();
            begun = due.addAndGet(-begun);
        }
    }
}
