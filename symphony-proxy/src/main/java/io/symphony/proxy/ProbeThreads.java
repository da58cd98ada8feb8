package io.symphony.proxy;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names the threads that probe, so that a thread dump tells whose they are. They never keep a program alive. */
final class ProbeThreads implements ThreadFactory {

    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "symphony-probe-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
