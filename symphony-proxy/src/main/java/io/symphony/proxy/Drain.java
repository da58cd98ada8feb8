package io.symphony.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of a listener's loops: each lets those inside finish and is then done.
 *
 * @param requests how long a request may wait for its answer
 * @param streams how long a response that has begun, or a tunnel, may go on
 */
record Drain(Duration requests, Duration streams) {

    /** What was ended has this long to be told so. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    Drain {
        require("drain", requests);
        require("drainStreams", streams);
    }

    void run(List<Loop> loops) {
        loops.forEach(loop -> loop.submit(loop::drain));
        boolean requestsFirst = requests.compareTo(streams) <= 0;
        Duration first = requestsFirst ? requests : streams;
        Duration second = requestsFirst ? streams : requests;
        if (ended(loops, first)) {
            return;
        }
        all(loops, requestsFirst ? Clients::endRequests : Clients::endStreams);
        if (ended(loops, second.minus(first))) {
            return;
        }
        all(loops, requestsFirst ? Clients::endStreams : Clients::endRequests);
        if (!ended(loops, LAST_MOMENT)) {
            all(loops, Clients::abort);
            ended(loops, LAST_MOMENT);
        }
    }

    private static void all(List<Loop> loops, Consumer<Clients> step) {
        loops.forEach(loop -> loop.submit(() -> step.accept(loop.clients())));
    }

    private static boolean ended(List<Loop> loops, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            for (Loop loop : loops) {
                if (!loop.ended().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void require(String name, Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 365 days)");
        }
    }
}
