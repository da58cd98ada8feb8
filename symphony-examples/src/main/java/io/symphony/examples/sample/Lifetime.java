package io.symphony.examples.sample;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the service is to end; whoever waits inside a request waits here, so that the end does not wait for it. */
final class Lifetime {
    private final CountDownLatch ended = new CountDownLatch(1);

    void end() {
        ended.countDown();
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    /** Waits, and is true when the service is to end before the wait does. */
    boolean endsWithin(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
