package io.symphony.scaling;

/** Always the same number. */
record Fixed(int replicas) implements ScalingPolicy {

    Fixed {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: >= 0)");
        }
    }

    @Override
    public Target decide(ScalingView view) {
        return new Target(replicas, toString());
    }

    @Override
    public String toString() {
        return "fixed at " + replicas;
    }
}
