package io.symphony.engine;

import io.symphony.scaling.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last changes of the target. The control thread adds to it, and anybody may ask. */
final class Changes {

    private static final int REMEMBERED = 500;

    private final Deque<Change> last = new ArrayDeque<>();

    synchronized void add(Change change) {
        if (last.size() == REMEMBERED) {
            last.removeFirst();
        }
        last.addLast(change);
    }

    /** The oldest first. */
    synchronized List<Change> list() {
        return List.copyOf(last);
    }
}
