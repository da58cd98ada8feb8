package io.symphony.spi;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The one record that the orchestrators of a service share: who decides, and what has been decided. What a leader has not
 * written here is not done, so its successor knows of all that may still come of it.
 *
 * <pre>{@code
 * Mandate first = Mandate.first("host-1", new Mandate.Decree(0, 2, OptionalInt.empty(), Set.of()));
 * first.succeededBy("host-2").term(); // 2
 * }</pre>
 *
 * @param leader who decides; empty where the last one has resigned
 * @param term which leadership this is, from 1; no two leaders have the same
 * @param number rises by one with every write
 * @param decree what has been decided
 */
public record Mandate(Optional<String> leader, long term, long number, Decree decree) {

    public static Mandate first(String leader, Decree decree) {
        return new Mandate(Optional.of(leader), 1, 1, decree);
    }

    /** The same leader goes on. */
    public Mandate renewed(Decree next) {
        return new Mandate(leader, term, number + 1, next);
    }

    /** Another one leads from now on, bound by what has been decided. */
    public Mandate succeededBy(String successor) {
        return new Mandate(Optional.of(successor), term + 1, number + 1, decree);
    }

    /** Nobody leads from now on. */
    public Mandate resigned() {
        return new Mandate(Optional.empty(), term, number + 1, decree);
    }

    /**
     * What has been decided for the fleet.
     *
     * @param highestNumber up to which number replicas may have been started
     * @param target how many replicas are wanted
     * @param ordered how many somebody ordered, overruling the policy
     * @param leaving the numbers of those that get no new requests, and end once nobody holds them
     */
    public record Decree(long highestNumber, int target, OptionalInt ordered, Set<Long> leaving) {
        public Decree {
            leaving = Set.copyOf(leaving);
        }
    }
}
