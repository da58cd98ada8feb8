package io.symphony.docker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The wait for something that only asking again can tell, at first often, then ten times a second. */
final class Patience {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final Duration LONGEST = Duration.ofDays(365);

    private Patience() {}

    /** Waits while a question is answered with yes, at most for the limit. */
    static void whileTrue(Question question, Duration limit) throws DaemonFailure, InterruptedException {
        long limitNanos = (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
        long began = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (question.ask()) {
            long leftNanos = limitNanos - (System.nanoTime() - began);
            if (leftNanos <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(leftNanos, TimeUnit.MILLISECONDS.toNanos(pauseMillis)));
            pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    /** What is asked. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws DaemonFailure, InterruptedException;
    }
}
