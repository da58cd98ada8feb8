package io.symphony.scaling;

/** Another policy, and at least so many replicas during some hours. */
record AtLeastDuring(ScalingPolicy policy, Shift shift) implements ScalingPolicy {

    @Override
    public Target decide(ScalingView view) {
        Target target = policy.decide(view);
        if (target.replicas() >= shift.replicas() || !shift.hours().contains(view.time())) {
            return target;
        }
        return target.answered(
                shift.replicas(), target.reason() + "; raised from " + target.replicas() + ", scheduled: " + shift);
    }

    @Override
    public String toString() {
        return policy + ", at least " + shift;
    }
}
