package io.symphony.scaling;

/** Another policy, answered only where what it wants differs enough from what there is to be. */
record DeadBand(ScalingPolicy policy, double share) implements ScalingPolicy {

    /** What a division may be off by: without it, 1.1 lies outside of a tenth around 1. */
    private static final double ROUNDING = 1e-9;

    DeadBand {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("deadBand: " + share + " (expected: 0 to 1)");
        }
    }

    @Override
    public Target decide(ScalingView view) {
        Target target = policy.decide(view);
        if (target.wanted().isEmpty() || view.target() == 0 || target.replicas() == view.target()) {
            return target;
        }
        double ratio = target.wanted().getAsDouble() / view.target();
        if (Math.abs(1 - ratio) > share + ROUNDING) {
            return target;
        }
        return target.answered(
                view.target(),
                target.reason() + "; " + Numbers.measured(target.wanted().getAsDouble()) + " is within "
                        + Numbers.percent(share) + " of " + view.target());
    }

    @Override
    public String toString() {
        return policy + ", dead band " + Numbers.percent(share);
    }
}
