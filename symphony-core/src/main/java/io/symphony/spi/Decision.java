package io.symphony.spi;

import java.util.Locale;
import java.util.Optional;

/**
 * What the orchestrator does by its own choice or on an order, and counts.
 *
 * <pre>{@code
 * long died = acts.decisions().get(Decision.REPLACED_DEAD);
 * }</pre>
 */
public enum Decision {
    /** More replicas are wanted. */
    SCALED_UP,
    /** Fewer replicas are wanted. */
    SCALED_DOWN,
    /** A replica that ended by itself was given up. */
    REPLACED_DEAD,
    /** A replica that failed its checks was taken out. */
    REPLACED_SICK,
    /** A replica that could not be started, or never got well, was given up. */
    REPLACED_UNSTARTED,
    /** A replica was taken out because somebody ordered it. */
    REPLACED_BY_ORDER;

    /** Which way it scales, in a word for metrics; empty where it does not. */
    public Optional<String> direction() {
        return after("SCALED_");
    }

    /** Why it replaces, in a word for metrics; empty where it does not. */
    public Optional<String> cause() {
        return after("REPLACED_");
    }

    private Optional<String> after(String prefix) {
        return name().startsWith(prefix)
                ? Optional.of(name().substring(prefix.length()).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
