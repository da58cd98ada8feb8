package io.symphony.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * How many replicas several orchestrators may have together, on one host for instance. Each keeps its minimum; what is left
 * goes to those of the highest priority that want more, and among equals to whoever has the fewest.
 *
 * <pre>{@code
 * ReplicaQuota host = ReplicaQuota.of(12);
 * Orchestrator acts = Orchestrator.of(actsSpec).between(2, 10).sharing(host, 2).start();
 * Orchestrator mail = Orchestrator.of(mailSpec).between(1, 10).sharing(host, 1).start(); // gives way to acts
 * }</pre>
 *
 * <p>What somebody is to give up is free for others once it is gone, not before.
 */
public final class ReplicaQuota {

    private final int total;
    private final List<Share> shares = new ArrayList<>();

    private ReplicaQuota(int total) {
        this.total = total;
    }

    public static ReplicaQuota of(int total) {
        if (total < 1) {
            throw new IllegalArgumentException("total: " + total + " (expected: >= 1)");
        }
        return new ReplicaQuota(total);
    }

    public int total() {
        return total;
    }

    /** Somebody's part of it. It is for an orchestrator's control thread. */
    public final class Share implements AutoCloseable {

        private final int min;
        private final int priority;
        private int wanted;
        private int held;
        private int granted;

        private Share(int min, int priority) {
            this.min = min;
            this.priority = priority;
            this.wanted = min;
            this.granted = min;
        }

        /** How many it may have now, given how many it wants and how many there are of its own. */
        public int settle(int want, int existing) {
            synchronized (ReplicaQuota.this) {
                wanted = Math.max(min, want);
                held = existing;
                granted = Math.max(min, Math.min(entitled(this), total - takenByOthers(this)));
                return granted;
            }
        }

        /** Whoever has gone leaves its part to the others. */
        @Override
        public void close() {
            synchronized (ReplicaQuota.this) {
                shares.remove(this);
            }
        }
    }

    /**
     * A part of it, from now on.
     *
     * @throws IllegalArgumentException if the minimums of all do not fit in
     */
    public synchronized Share join(int min, int priority) {
        int minimums = min + shares.stream().mapToInt(each -> each.min).sum();
        if (minimums > total) {
            throw new IllegalArgumentException("min: " + min + " (expected: the minimums of all who share " + total
                    + " replicas to fit in, not " + minimums + ")");
        }
        Share share = new Share(min, priority);
        shares.add(share);
        return share;
    }

    private int takenByOthers(Share share) {
        int taken = 0;
        for (Share other : shares) {
            taken += other == share ? 0 : Math.max(other.granted, other.held);
        }
        return taken;
    }

    /** Everybody's minimum first; then one after the other to whoever comes first of those that want more. */
    private int entitled(Share share) {
        int[] given = shares.stream().mapToInt(each -> each.min).toArray();
        int left = total;
        for (int each : given) {
            left -= each;
        }
        for (int next = neediest(given); left > 0 && next >= 0; next = neediest(given)) {
            given[next]++;
            left--;
        }
        int place = shares.indexOf(share);
        return place < 0 ? share.min : given[place];
    }

    private int neediest(int[] given) {
        int first = -1;
        for (int i = 0; i < given.length; i++) {
            if (given[i] < shares.get(i).wanted && (first < 0 || isBefore(i, first, given))) {
                first = i;
            }
        }
        return first;
    }

    private boolean isBefore(int one, int other, int[] given) {
        int byPriority = Integer.compare(shares.get(one).priority, shares.get(other).priority);
        return byPriority > 0 || byPriority == 0 && given[one] < given[other];
    }
}
