package io.symphony.engine;

/**
 * The failures of a replica that are counted together: those within a time of the first of them.
 *
 * @param count how many so far
 * @param sinceNanos when the first one was; only meaningful after one
 */
record Strikes(int count, long sinceNanos) {

    static final Strikes NONE = new Strikes(0, 0);

    Strikes another(long now, long windowNanos) {
        boolean together = count > 0 && now - sinceNanos < windowNanos;
        return together ? new Strikes(count + 1, sinceNanos) : new Strikes(1, now);
    }
}
