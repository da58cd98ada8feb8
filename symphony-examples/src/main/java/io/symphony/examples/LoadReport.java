package io.symphony.examples;

import io.symphony.examples.load.Histogram;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun.Progress;
import java.time.Duration;
import java.util.Locale;

/** How a run of load is shown: while it goes on, and in the end. */
interface LoadReport {

    /** How often progress is worth showing. */
    Duration progressEvery();

    void progress(Progress progress, Goal goal);

    void conclude(LoadResult result);

    /** Lines for a person; a moving bar on a terminal. */
    static LoadReport text(Terminal terminal) {
        return new LoadText(terminal);
    }

    /** One JSON object on the output, progress on the error output. */
    static LoadReport json(Terminal terminal) {
        return new LoadJson(terminal);
    }

    /** When a run is to end: after so many requests or so long, whichever comes first. */
    record Goal(long requests, Duration length) {
        /** How much of the way is done, 0 to 1. */
        double share(Progress progress) {
            double byNumber = (double) progress.total() / requests;
            double byTime = (double) progress.elapsed().toNanos() / length.toNanos();
            return Math.min(1, Math.max(byNumber, byTime));
        }

        /** Requests done, and of how many where that is known. */
        String count(Progress progress) {
            return requests == Long.MAX_VALUE
                    ? progress.total() + " requests"
                    : progress.total() + "/" + requests + " requests";
        }
    }

    /** The latency that this share of the answers did not exceed, in milliseconds. */
    static String quantileMillis(Histogram latencies, double share) {
        return millis(latencies.quantile(share));
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
