package io.symphony.spi;

import java.util.concurrent.TimeUnit;

/**
 * The one seam through which time comes in: nanoseconds that only go forward. Tests bring their own.
 *
 * <pre>{@code
 * AtomicLong nanos = new AtomicLong();
 * Orchestrator.of(spec).ticker(nanos::get).start();
 * }</pre>
 */
@FunctionalInterface
public interface Ticker {

    long nanos();

    /** The machine's own monotonic clock. A change of the wall clock does not move it. */
    static Ticker system() {
        return System::nanoTime;
    }

    /** A later reading, in milliseconds after an earlier one. */
    static long millisBetween(long earlier, long later) {
        return TimeUnit.NANOSECONDS.toMillis(later - earlier);
    }
}
