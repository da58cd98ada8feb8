package io.symphony.fleet;

import org.jspecify.annotations.Nullable;

/** How many replicas are in which phase, kept up with each change so that nobody has to count a large fleet. */
final class Census {

    private final int[] counts;
    private int limping;

    Census() {
        counts = new int[Phase.values().length];
    }

    Census(Census before) {
        counts = before.counts.clone();
        limping = before.limping;
    }

    void add(Replica replica) {
        counts[replica.phase().ordinal()]++;
        limping += replica.limps() ? 1 : 0;
    }

    void subtract(@Nullable Replica replica) {
        if (replica != null) {
            counts[replica.phase().ordinal()]--;
            limping -= replica.limps() ? 1 : 0;
        }
    }

    int count(Phase phase) {
        return counts[phase.ordinal()];
    }

    int limping() {
        return limping;
    }
}
