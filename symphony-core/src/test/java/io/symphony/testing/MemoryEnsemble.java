package io.symphony.testing;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Mandate;
import io.symphony.spi.RuntimeFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** One member's way to a record in memory, which it can be cut off from. */
public final class MemoryEnsemble implements Ensemble {

    private final String name;
    private final Store store;
    private volatile boolean cutOff;

    public MemoryEnsemble(String name, Store store) {
        this.name = name;
        this.store = store;
    }

    /** From now on nothing can be read or written. */
    public void cutOff() {
        cutOff = true;
    }

    public void reconnect() {
        cutOff = false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Entry> read() throws RuntimeFailure {
        requireConnection();
        return store.read();
    }

    @Override
    public boolean replace(Optional<Entry> read, Mandate next) throws RuntimeFailure {
        requireConnection();
        return store.replace(read, next);
    }

    @Override
    public void announce(Endpoint admin) throws RuntimeFailure {
        requireConnection();
        store.members.put(name, new Member(name, admin));
    }

    @Override
    public List<Member> members() throws RuntimeFailure {
        requireConnection();
        return List.copyOf(store.members.values());
    }

    @Override
    public void forget(String member) throws RuntimeFailure {
        requireConnection();
        store.members.remove(member);
    }

    private void requireConnection() throws RuntimeFailure {
        if (cutOff) {
            throw new RuntimeFailure("cut off");
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** The record itself. Each write has a version of its own. */
    public static final class Store {

        private final Map<String, Member> members = new ConcurrentSkipListMap<>();
        private Optional<Entry> entry = Optional.empty();
        private long version;
        private long reads;
        private long writes;

        public synchronized Optional<Entry> read() {
            reads++;
            return entry;
        }

        public synchronized boolean replace(Optional<Entry> read, Mandate next) {
            if (!entry.map(Entry::version).equals(read.map(Entry::version))) {
                return false;
            }
            writes++;
            entry = Optional.of(new Entry(next, Long.toString(++version)));
            return true;
        }

        public synchronized long reads() {
            return reads;
        }

        public synchronized long writes() {
            return writes;
        }

        /** Counts from now on. */
        public synchronized void forgetCounts() {
            reads = 0;
            writes = 0;
        }
    }
}
