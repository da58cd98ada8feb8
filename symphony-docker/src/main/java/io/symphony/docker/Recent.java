package io.symphony.docker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The latest members of a set that would else grow for ever. */
final class Recent<T> {

    private static final int LIMIT = 10_000;

    private final Set<T> members = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > LIMIT;
        }
    });

    /** False when it was one already. */
    synchronized boolean add(T member) {
        return members.add(member);
    }

    synchronized void remove(T member) {
        members.remove(member);
    }

    synchronized boolean contains(T member) {
        return members.contains(member);
    }
}
