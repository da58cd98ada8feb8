package io.symphony.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** How our threads are called, so that a thread dump reads like the architecture. All are daemons. */
final class Threads {

    private Threads() {}

    static ThreadFactory named(String job) {
        AtomicInteger next = new AtomicInteger(1);
        return task -> one(job + "-" + next.getAndIncrement(), task);
    }

    static Thread one(String job, Runnable task) {
        Thread thread = new Thread(task, "symphony-" + job);
        thread.setDaemon(true);
        return thread;
    }
}
