package io.symphony.scaling;

import java.time.Duration;

/**
 * What happened in a stretch of the record.
 *
 * @param begun how many requests came
 * @param ended how many a replica finished
 * @param inside how many were inside on the average
 * @param throughput how many ended a second
 * @param ready how many replicas served on the average
 * @param isSteady whether as many served all the time
 */
record Stretch(long begun, long ended, double inside, double throughput, double ready, boolean isSteady) {

    /** Fewer say too little of a mean. */
    private static final int LEAST_ENDED = 20;

    private static final double BEHIND = 1.1;
    private static final double CATCHING_UP = 0.02;
    private static final int LOOKS = 4;
    /** How many times its standard error a mean may be off, for times that spread as much as they are long. */
    private static final double DOUBT = 2;

    static Stretch of(ScalingView view, Duration from, Duration to) {
        long ended = view.load().endedBetween(from, to);
        long nanos = to.minus(from).toNanos(); // a Duration divides by way of a BigDecimal
        int first = view.past().readyAt(from).orElse(0);
        double sum = 0;
        boolean steady = true;
        for (int look = 1; look <= LOOKS; look++) {
            int ready =
                    view.past().readyAt(from.plusNanos(nanos * look / LOOKS)).orElse(0);
            sum += ready;
            steady &= ready == first;
        }
        return new Stretch(
                view.load().requestsBetween(from, to),
                ended,
                view.load().concurrencyBetween(from, to),
                ended / (nanos / 1e9),
                sum / LOOKS,
                steady);
    }

    boolean saysSomething() {
        return ended >= LEAST_ENDED && ready > 0;
    }

    /** Whether clearly more came than ended, and more than the replicas hold one by one. */
    boolean fallsBehind() {
        return begun > BEHIND * (double) ended && begun - ended > LEAST_ENDED && !isAlone();
    }

    /** Whether clearly more ended than came: some replicas work off what they have, so it is no measure of all. */
    boolean catchesUp() {
        return ended - begun > Math.max(CATCHING_UP * (double) ended, 2 * Math.sqrt((double) ended)) && !isAlone();
    }

    /** With no more than one inside nobody waits behind another, however long it takes. */
    boolean isAlone() {
        return inside <= ready;
    }

    /** Seconds, by Little's law. */
    double latency() {
        return inside / throughput;
    }

    /** Requests a second for each replica. */
    double rateEach() {
        return throughput / ready;
    }

    /** By which factor the mean may be off by chance. */
    double doubt() {
        return 1 + DOUBT / Math.sqrt((double) ended);
    }
}
