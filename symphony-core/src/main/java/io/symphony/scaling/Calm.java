package io.symphony.scaling;

import java.time.Duration;

/**
 * The measures that keep a policy from flapping, in the order in which they have to be taken.
 *
 * <pre>{@code
 * Calm.STANDARD.withDeadBand(0.2).over(ScalingPolicy.concurrency(70));
 * }</pre>
 *
 * @param deadBand within which share of what there is to be nothing changes; 0 for none
 * @param stabilisation whose highest want holds on the way down; zero for none
 * @param up how fast it may rise
 * @param down how fast it may fall
 */
public record Calm(double deadBand, Duration stabilisation, Pace up, Pace down) {

    /** Needs no tuning: a dead band of 10 %, 60 s, doubling in 15 s, halving in 15 s. */
    public static final Calm STANDARD = new Calm(
            0.1,
            Duration.ofSeconds(60),
            Pace.of(4, 1.0, Duration.ofSeconds(15)),
            Pace.of(4, 0.5, Duration.ofSeconds(15)));

    public Calm withDeadBand(double share) {
        return new Calm(share, stabilisation, up, down);
    }

    public Calm withStabilisation(Duration window) {
        return new Calm(deadBand, window, up, down);
    }

    public Calm withPaces(Pace rising, Pace falling) {
        return new Calm(deadBand, stabilisation, rising, falling);
    }

    /** A policy with these measures, and {@linkplain ScalingPolicy#cautious() cautious}. */
    public ScalingPolicy over(ScalingPolicy policy) {
        ScalingPolicy banded =
                deadBand == 0 ? policy.cautious() : policy.cautious().withDeadBand(deadBand);
        ScalingPolicy stabilised = stabilisation.isZero() ? banded : banded.stabilised(stabilisation);
        return stabilised.paced(up, down);
    }
}
