package io.symphony.fleet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All replicas of one service, by number. Immutable; the edits of a tick are folded into one copy.
 *
 * <pre>{@code
 * Fleet.Edit edit = fleet.edit();
 * edit.put(replica.entered(Phase.READY, now));
 * edit.remove(gone);
 * Fleet next = edit.done();
 * }</pre>
 */
public final class Fleet implements Iterable<Replica> {

    private static final Fleet EMPTY = new Fleet(new Replica[0]);
    private static final Comparator<Replica> BY_NUMBER =
            Comparator.comparingLong(replica -> replica.id().number());

    private final Replica[] replicas;
    private final int[] counts = new int[Phase.values().length];
    private int limping;

    private Fleet(Replica[] replicas) {
        this.replicas = replicas;
        for (Replica replica : replicas) {
            counts[replica.phase().ordinal()]++;
            limping += replica.limps() ? 1 : 0;
        }
    }

    public static Fleet empty() {
        return EMPTY;
    }

    public static Fleet of(Collection<Replica> replicas) {
        Replica[] sorted = replicas.toArray(new Replica[0]);
        Arrays.sort(sorted, BY_NUMBER);
        return new Fleet(sorted);
    }

    public int size() {
        return replicas.length;
    }

    public boolean isEmpty() {
        return replicas.length == 0;
    }

    public Replica at(int index) {
        return replicas[index];
    }

    public int count(Phase phase) {
        return counts[phase.ordinal()];
    }

    /**
     * Whether fewer are ready than limp. Then those that limp go on serving until their successors are well: if all
     * fail their checks at once, the first that got well would be left alone with the traffic of all.
     */
    public boolean isLame() {
        return count(Phase.READY) < limping;
    }

    /** How many serve or are on their way to: what is held against a target. */
    public int counting() {
        int sum = 0;
        for (Phase phase : Phase.values()) {
            sum += phase.counts() ? count(phase) : 0;
        }
        return sum;
    }

    public Optional<Replica> find(ReplicaId id) {
        int index = indexOf(id);
        return index < 0 ? Optional.empty() : Optional.of(replicas[index]);
    }

    /** The highest number in use, or 0. */
    public long highestNumber() {
        return replicas.length == 0 ? 0 : replicas[replicas.length - 1].id().number();
    }

    @Override
    public Iterator<Replica> iterator() {
        return Arrays.asList(replicas).iterator();
    }

    public Edit edit() {
        return new Edit(this);
    }

    private int indexOf(ReplicaId id) {
        int low = 0;
        int high = replicas.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long number = replicas[middle].id().number();
            if (number == id.number()) {
                return middle;
            }
            if (number < id.number()) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** The changes of one step. It copies the fleet at the first change, and once. */
    public static final class Edit {

        private final Fleet before;
        private final SortedMap<ReplicaId, Replica> added = new TreeMap<>();
        private @Nullable Replica @Nullable [] changed;
        private int removed;

        private Edit(Fleet before) {
            this.before = before;
        }

        /** The replica as this edit has it so far. */
        public Optional<Replica> find(ReplicaId id) {
            int index = before.indexOf(id);
            if (index < 0) {
                return Optional.ofNullable(added.get(id));
            }
            return Optional.ofNullable(changed == null ? before.replicas[index] : changed[index]);
        }

        /** Puts a replica in, in the place of the one with its name if there is one. */
        public void put(Replica replica) {
            int index = before.indexOf(replica.id());
            if (index < 0) {
                added.put(replica.id(), replica);
                return;
            }
            @Nullable Replica[] copy = copy();
            removed -= copy[index] == null ? 1 : 0;
            copy[index] = replica;
        }

        public void remove(ReplicaId id) {
            int index = before.indexOf(id);
            if (index < 0) {
                added.remove(id);
                return;
            }
            @Nullable Replica[] copy = copy();
            removed += copy[index] == null ? 0 : 1;
            copy[index] = null;
        }

        public Fleet done() {
            if (changed == null && added.isEmpty()) {
                return before;
            }
            @Nullable Replica[] former = changed == null ? before.replicas : changed;
            Replica[] result = new Replica[former.length - removed + added.size()];
            Iterator<Replica> newcomers = added.values().iterator();
            Replica newcomer = nextOf(newcomers);
            int size = 0;
            for (Replica replica : former) {
                for (;
                        replica != null && newcomer != null && isBefore(newcomer, replica);
                        newcomer = nextOf(newcomers)) {
                    result[size++] = newcomer;
                }
                if (replica != null) {
                    result[size++] = replica;
                }
            }
            for (; newcomer != null; newcomer = nextOf(newcomers)) {
                result[size++] = newcomer;
            }
            return new Fleet(result);
        }

        private static @Nullable Replica nextOf(Iterator<Replica> replicas) {
            return replicas.hasNext() ? replicas.next() : null;
        }

        private static boolean isBefore(Replica one, Replica other) {
            return one.id().number() < other.id().number();
        }

        private @Nullable Replica[] copy() {
            if (changed == null) {
                changed = before.replicas.clone();
            }
            return changed;
        }
    }
}
