package io.symphony.fleet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
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

    private static final Fleet EMPTY = new Fleet(new Replica[0], new long[0], new Census());
    private static final Comparator<Replica> BY_NUMBER =
            Comparator.comparingLong(replica -> replica.id().number());

    private final Replica[] replicas;
    private final long[] numbers;
    private final Census census;

    /** The numbers stand beside the replicas, so that a search in a large fleet stays within a few cache lines. */
    private Fleet(Replica[] replicas, long[] numbers, Census census) {
        this.replicas = replicas;
        this.numbers = numbers;
        this.census = census;
    }

    private static long[] numbersOf(Replica[] replicas) {
        long[] numbers = new long[replicas.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = replicas[i].id().number();
        }
        return numbers;
    }

    public static Fleet empty() {
        return EMPTY;
    }

    public static Fleet of(Collection<Replica> replicas) {
        Replica[] sorted = replicas.toArray(new Replica[0]);
        Arrays.sort(sorted, BY_NUMBER);
        Census census = new Census();
        replicas.forEach(census::add);
        return new Fleet(sorted, numbersOf(sorted), census);
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

    /** The number of the one that stands there; the numbers ascend. */
    public long numberAt(int index) {
        return numbers[index];
    }

    public int count(Phase phase) {
        return census.count(phase);
    }

    /**
     * Whether fewer are ready than limp. Then those that limp go on serving until their successors are well: if all
     * fail their checks at once, the first that got well would be left alone with the traffic of all.
     */
    public boolean isLame() {
        return count(Phase.READY) < census.limping();
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
        int index = placeOf(id);
        return index < 0 ? Optional.empty() : Optional.of(replicas[index]);
    }

    /** Where it stands, for those who keep something beside each replica. */
    public OptionalInt indexOf(ReplicaId id) {
        int index = placeOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The highest number in use, or 0. */
    public long highestNumber() {
        return numbers.length == 0 ? 0 : numbers[numbers.length - 1];
    }

    @Override
    public Iterator<Replica> iterator() {
        return Arrays.asList(replicas).iterator();
    }

    public Edit edit() {
        return new Edit(this);
    }

    private int placeOf(ReplicaId id) {
        return Arrays.binarySearch(numbers, id.number());
    }

    /** The changes of one step. It copies the fleet at the first change, and once. */
    public static final class Edit {

        private final Fleet before;
        private final SortedMap<ReplicaId, Replica> added = new TreeMap<>();
        private final Census census;
        private @Nullable Replica @Nullable [] changed;
        private int removed;

        private Edit(Fleet before) {
            this.before = before;
            this.census = new Census(before.census);
        }

        /** The replica as this edit has it so far. */
        public Optional<Replica> find(ReplicaId id) {
            int index = before.placeOf(id);
            if (index < 0) {
                return Optional.ofNullable(added.get(id));
            }
            return Optional.ofNullable(changed == null ? before.replicas[index] : changed[index]);
        }

        /** Puts a replica in, in the place of the one with its name if there is one. */
        public void put(Replica replica) {
            census.add(replica);
            int index = before.placeOf(replica.id());
            if (index < 0) {
                census.subtract(added.put(replica.id(), replica));
                return;
            }
            @Nullable Replica[] copy = copy();
            removed -= copy[index] == null ? 1 : 0;
            census.subtract(copy[index]);
            copy[index] = replica;
        }

        public void remove(ReplicaId id) {
            int index = before.placeOf(id);
            if (index < 0) {
                census.subtract(added.remove(id));
                return;
            }
            @Nullable Replica[] copy = copy();
            removed += copy[index] == null ? 0 : 1;
            census.subtract(copy[index]);
            copy[index] = null;
        }

        /** The fleet with these changes; an edit ends with it. */
        public Fleet done() {
            if (changed == null && added.isEmpty()) {
                return before;
            }
            if (added.isEmpty() && removed == 0) {
                return new Fleet(inPlace(), before.numbers, census);
            }
            Replica[] merged = merged();
            return new Fleet(merged, numbersOf(merged), census);
        }

        /** The usual edit of a large fleet: nobody came or went. */
        @SuppressWarnings("NullAway") // nobody was removed, so nobody is missing
        private Replica[] inPlace() {
            return copy();
        }

        private Replica[] merged() {
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
            return result;
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
