package io.symphony.engine;

import java.util.List;

/** What to do, the state in which that is under way, what there is to say about it, and what the policy had to say. */
record Plan(State next, List<Action> actions, List<Note> notes, Consultation consultation) {

    Plan {
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
    }
}
