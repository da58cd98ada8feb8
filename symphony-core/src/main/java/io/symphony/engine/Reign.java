package io.symphony.engine;

import io.symphony.spi.Mandate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who decides, as far as the control side has learned.
 *
 * @param mandate the record that several orchestrators share; empty where there is none, or it has not been seen yet
 * @param untilNanos until when we decide if nothing more is heard; empty while we do not
 */
public record Reign(Optional<Mandate> mandate, OptionalLong untilNanos) {

    /** Nobody else is there. */
    static final Reign ALONE = new Reign(Optional.empty(), OptionalLong.of(Long.MAX_VALUE));

    /** Others may be there, and have not been heard of yet. */
    static final Reign UNKNOWN = new Reign(Optional.empty(), OptionalLong.empty());

    public boolean leads(long now) {
        return untilNanos.isPresent() && (untilNanos.getAsLong() == Long.MAX_VALUE || untilNanos.getAsLong() - now > 0);
    }

    /** Whether it is the same leadership, without a break in between. */
    boolean goesOnAs(Reign next) {
        return mandate.map(Mandate::term).equals(next.mandate.map(Mandate::term));
    }

    boolean dismisses(long number) {
        return mandate.filter(each -> each.decree().leaving().contains(number)).isPresent();
    }

    /** Who leads, and in which term. */
    public String inWords() {
        return mandate.flatMap(Mandate::leader).map(leader -> leader + " leads").orElse("nobody leads yet")
                + mandate.map(each -> " (term " + each.term() + ")").orElse("");
    }
}
