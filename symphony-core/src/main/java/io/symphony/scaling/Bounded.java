package io.symphony.scaling;

/** Another policy, kept within bounds of its own. */
record Bounded(ScalingPolicy policy, int least, int most) implements ScalingPolicy {

    Bounded {
        if (least < 0) {
            throw new IllegalArgumentException("least: " + least + " (expected: >= 0)");
        }
        if (most < least) {
            throw new IllegalArgumentException("most: " + most + " (expected: >= least, which is " + least + ")");
        }
    }

    @Override
    public Target decide(ScalingView view) {
        return policy.decide(view).within(least, most);
    }

    @Override
    public String toString() {
        return policy + ", " + least + " to " + most;
    }
}
