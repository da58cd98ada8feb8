package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener;
import io.symphony.spi.RotationListener.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Those outside who choose by the rotation, too. The control thread tells them, and asks whether they let go. */
public final class Audience implements AutoCloseable {

    private final List<Follower> followers = new ArrayList<>();
    private final Map<ReplicaId, Long> lastIn = new HashMap<>();
    private long number;

    public Audience(List<RotationListener> listeners, Consumer<Note> notes) {
        for (RotationListener listener : listeners) {
            followers.add(new Follower("rotation-" + (followers.size() + 1), listener, notes));
        }
    }

    /** Does not wait for anybody to hear it. */
    void tell(List<Slot> rotation) {
        if (followers.isEmpty()) {
            return;
        }
        long settled = settled();
        lastIn.values().removeIf(last -> last < settled);
        number++;
        List<Member> members = new ArrayList<>(rotation.size());
        for (Slot slot : rotation) {
            members.add(new Member(slot.id(), slot.endpoint(), slot.weight()));
            lastIn.put(slot.id(), number);
        }
        Follower.Turn turn = new Follower.Turn(number, List.copyOf(members));
        followers.forEach(each -> each.tell(turn));
    }

    /** Whether somebody may still send to a replica, or waits for its answer. */
    boolean holds(ReplicaId id) {
        Long last = lastIn.get(id);
        return last != null && last >= settled();
    }

    private long settled() {
        return followers.stream().mapToLong(Follower::settled).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
    }
}
