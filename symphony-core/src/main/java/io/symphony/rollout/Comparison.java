package io.symphony.rollout;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The evidence of a roll-out so far: how the new version did beside the former one. Immutable; each beat adds to it.
 *
 * <pre>{@code
 * Comparison next = comparison.after(newcomers, settled, formers, policy);
 * next.verdict(policy).ifPresent(reason -> goBack(reason));
 * }</pre>
 */
public final class Comparison {

    /** Before the first beat. */
    public static final Comparison NONE = new Comparison(Failures.NONE, Latency.NONE);

    private final Failures failures;
    private final Latency latency;

    private Comparison(Failures failures, Latency latency) {
        this.failures = failures;
        this.latency = latency;
    }

    /**
     * With one more beat.
     *
     * @param newcomers what the new replicas did
     * @param settled what those of them did that have warmed up
     * @param formers what the former ones did
     */
    public Comparison after(
            Collection<Sample> newcomers,
            Collection<Sample> settled,
            Collection<Sample> formers,
            RollOutPolicy policy) {
        return new Comparison(failures.after(newcomers, formers), latency.after(settled, formers, policy));
    }

    /** Why the new version is worse beyond doubt, with numbers; empty while that may be chance. */
    public Optional<String> verdict(RollOutPolicy policy) {
        double chance = policy.falseAlarms() / 2; // two tests share it
        if (failures.areMore(chance)) {
            return Optional.of(failures.inWords() + certainty(policy));
        }
        if (latency.isWorse(chance)) {
            return Optional.of(latency.inWords() + certainty(policy));
        }
        return Optional.empty();
    }

    private static String certainty(RollOutPolicy policy) {
        return String.format(
                Locale.ROOT, " (by chance in fewer than 1 of %,d roll-outs)", Math.round(1 / policy.falseAlarms()));
    }

    /** What was seen, in numbers. */
    public String inWords() {
        return failures.inWords() + "; " + latency.inWords();
    }
}
