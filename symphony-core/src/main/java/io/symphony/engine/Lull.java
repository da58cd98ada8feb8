package io.symphony.engine;

import io.symphony.scaling.Sample;

/**
 * Since when nobody has asked for anything.
 *
 * @param requests how many requests had begun by then
 * @param sinceNanos when the last one came, was inside or waited
 */
record Lull(long requests, long sinceNanos) {

    Lull brokenAt(long now) {
        return new Lull(requests, now);
    }

    /** What could not be counted counts as traffic. */
    Lull after(Inputs inputs, long now) {
        Sample sample = inputs.sample();
        boolean busy = sample.requests() != requests
                || sample.inside() > 0
                || sample.waiting() > 0
                || inputs.load() instanceof Unreadable;
        return busy ? new Lull(sample.requests(), now) : this;
    }
}
