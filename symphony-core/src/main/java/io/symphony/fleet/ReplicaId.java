package io.symphony.fleet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** One spelling for one number, or two names would stand for the same replica. */
    private static final Pattern NUMBER = Pattern.compile("-[1-9][0-9]*");

    public ReplicaId {
        ServiceName.require(service);
        if (number < 1) {
            throw new IllegalArgumentException("number: " + number + " (expected: >= 1)");
        }
    }

    /** Reads what {@link #toString()} wrote. */
    public static ReplicaId parse(String text) {
        int dash = Math.max(text.lastIndexOf('-'), 0);
        if (!NUMBER.matcher(text.substring(dash)).matches()) {
            throw new IllegalArgumentException("replica id: " + text + " (expected: SERVICE-NUMBER)");
        }
        try {
            return new ReplicaId(text.substring(0, dash), Long.parseLong(text, dash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("replica id: " + text + " (expected: SERVICE-NUMBER)", e);
        }
    }

    /** As a record's own, but the number first: it tells nearly all of them apart. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplicaId that && number == that.number && service.equals(that.service);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number) + 31 * service.hashCode();
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
