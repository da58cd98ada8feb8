package io.symphony.engine;

import io.symphony.spi.Event;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds leases that have been open for too long, without a mark on any of them: see {@link Slot#turn()}. */
final class Overdue {

    private final Duration after;
    private long turnedNanos;

    Overdue(Duration after, long now) {
        this.after = after;
        this.turnedNanos = now;
    }

    void report(Stream<Slot> slots, Consumer<Note> notes, long now) {
        if (now - turnedNanos < after.toNanos()) {
            return;
        }
        turnedNanos = now;
        slots.forEach(slot -> {
            int left = slot.turn();
            if (left > 0) {
                notes.accept(Note.about(slot.id(), Event.Kind.TROUBLE, sentence(left)));
            }
        });
    }

    private String sentence(int left) {
        return left + (left == 1 ? " lease has" : " leases have") + " been open for more than "
                + Words.seconds(after.toNanos()) + ". A long stream, or was close() forgotten?";
    }
}
