package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.rollout.Sample;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What each replica does from beat to beat, told from its slot's counts alone, so that no request is measured. It runs
 * only while versions are compared.
 */
final class Beats {

    private static final long BEAT = Duration.ofMillis(500).toNanos();

    private final Map<ReplicaId, Reading> readings = new HashMap<>();
    private boolean runs;
    private long sampledNanos;
    private long beatNanos;

    /** The slot's counts at the last beat, and the time that requests have spent inside since. */
    private static final class Reading {
        private long ended;
        private long failed;
        private double busyNanos;
    }

    void rest() {
        runs = false;
    }

    /** Looks at those who serve; adds a fact when a beat is over. */
    void sample(Collection<Slot> slots, Collection<Fact> facts, long now) {
        if (!runs) {
            begin(slots, now);
            return;
        }
        for (Slot slot : slots) {
            Reading reading = readings.computeIfAbsent(slot.id(), unseen -> new Reading());
            reading.busyNanos += (double) slot.inside() * (now - sampledNanos);
        }
        sampledNanos = now;
        if (now - beatNanos >= BEAT) {
            facts.add(beat(slots));
            beatNanos = now;
        }
    }

    private void begin(Collection<Slot> slots, long now) {
        readings.clear();
        slots.forEach(slot -> sampleOf(slot, readings.computeIfAbsent(slot.id(), unseen -> new Reading())));
        runs = true;
        sampledNanos = now;
        beatNanos = now;
    }

    private Fact.Measured beat(Collection<Slot> slots) {
        Map<ReplicaId, Sample> beat = new HashMap<>();
        for (Slot slot : slots) {
            beat.put(slot.id(), sampleOf(slot, readings.computeIfAbsent(slot.id(), unseen -> new Reading())));
        }
        readings.keySet().retainAll(beat.keySet());
        return new Fact.Measured(beat);
    }

    private static Sample sampleOf(Slot slot, Reading last) {
        long failed = slot.failures() + slot.errors();
        long ended = Math.max(last.ended, slot.entered() - slot.inside());
        Sample sample = new Sample(ended - last.ended, failed - last.failed, last.busyNanos);
        last.ended = ended;
        last.failed = failed;
        last.busyNanos = 0;
        return sample;
    }
}
