package io.symphony.testing;

import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until somebody moves it. It begins just before the sign changes, as a real one may. */
public final class ManualTicker implements Ticker {

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);

    @Override
    public long nanos() {
        return now.get();
    }

    public void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
