package io.symphony.examples.load;

import io.symphony.examples.load.Schedule.Phase;
import java.util.List;

/** Phases of traffic that follow one another and come again from the first. */
record Waves(List<Phase> phases) {
    Waves {
        phases = List.copyOf(phases);
        if (phases.stream().mapToLong(Phase::requests).sum() == 0) {
            throw new IllegalArgumentException("phases: " + phases + " (expected: at least one request)");
        }
    }

    long dueNanos(long index) {
        long ofOneRound = phases.stream().mapToLong(Phase::requests).sum();
        long roundNanos = phases.stream().mapToLong(phase -> phase.length().toNanos()).sum();
        return index / ofOneRound * roundNanos + withinRound(index % ofOneRound);
    }

    private long withinRound(long index) {
        long left = index;
        long start = 0;
        for (Phase phase : phases) {
            if (left < phase.requests()) {
                return start + phase.dueNanos(left);
            }
            left -= phase.requests();
            start += phase.length().toNanos();
        }
        throw new AssertionError(index + " lies past the round");
    }
}
