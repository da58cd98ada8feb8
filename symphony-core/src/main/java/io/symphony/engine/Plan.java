package io.symphony.engine;

import java.util.List;

/** What to do, the state in which that is under way, and what there is to say about it. */
record Plan(State next, List<Action> actions, List<Note> notes) {

    Plan {
        actions = List.copyOf(actions);
        notes = List.copyOf(notes);
    }
}
