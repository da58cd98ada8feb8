package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Decision;
import io.symphony.spi.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event before it has a date: what the planner has to say about a decision or a finding.
 *
 * @param decision what is to be counted, where it is a decision
 */
public record Note(
        Event.Kind kind,
        @Nullable ReplicaId replica,
        String text,
        @Nullable Decision decision) {

    static Note about(ReplicaId replica, Event.Kind kind, String text) {
        return new Note(kind, replica, text, null);
    }

    public static Note general(Event.Kind kind, String text) {
        return new Note(kind, null, text, null);
    }

    Note counted(Decision as) {
        return new Note(kind, replica, text, as);
    }
}
