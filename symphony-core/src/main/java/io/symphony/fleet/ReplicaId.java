package io.symphony.fleet;

/**
 * The name of one replica, for good: the service and a number that is never given twice. A port or an address is
 * never part of it.
 *
 * <pre>{@code
 * new ReplicaId("acts", 4).toString(); // acts-4
 * ReplicaId.parse("acts-4").number();  // 4
 * }</pre>
 */
public record ReplicaId(String service, long number) implements Comparable<ReplicaId> {

    public ReplicaId {
        ServiceName.require(service);
        if (number < 1) {
            throw new IllegalArgumentException("number: " + number + " (expected: >= 1)");
        }
    }

    /** Reads what {@link #toString()} wrote. */
    public static ReplicaId parse(String text) {
        int dash = text.lastIndexOf('-');
        try {
            return new ReplicaId(
                    text.substring(0, Math.max(dash, 0)), Long.parseLong(text, dash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("replica id: " + text + " (expected: SERVICE-NUMBER)", e);
        }
    }

    @Override
    public int compareTo(ReplicaId other) {
        int byService = service.compareTo(other.service);
        return byService != 0 ? byService : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return service + "-" + number;
    }
}
