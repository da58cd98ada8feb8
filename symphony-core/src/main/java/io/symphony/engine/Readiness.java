package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where a thread waits until enough replicas serve. */
public final class Readiness {

    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(365);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ticker ticker;
    private boolean closed;

    public Readiness(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The rotation has changed. */
    public void changed() {
        wake(false);
    }

    /** Nobody gets ready any more. */
    public void close() {
        wake(true);
    }

    private void wake(boolean forGood) {
        lock.lock();
        try {
            closed |= forGood;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many are ready; false if they are not after all that patience. */
    public boolean await(ControlLoop loop, int replicas, Duration patience) throws InterruptedException {
        long deadline = ticker.nanos() + Math.min(patience.toSeconds(), LONGEST_SECONDS) * 1_000_000_000L;
        lock.lockInterruptibly();
        try {
            while (loop.state().fleet().count(Phase.READY) < replicas) {
                long left = deadline - ticker.nanos();
                if (left <= 0 || closed) {
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
