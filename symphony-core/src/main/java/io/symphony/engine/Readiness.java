package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where a thread waits until enough replicas serve. */
public final class Readiness {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ticker ticker;

    public Readiness(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The rotation has changed. */
    public void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many are ready; false if they are not after all that patience. */
    public boolean await(ControlLoop loop, int replicas, Duration patience) throws InterruptedException {
        long deadline = ticker.nanos() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (loop.state().fleet().count(Phase.READY) < replicas) {
                long left = deadline - ticker.nanos();
                if (left <= 0) {
                    return false;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
