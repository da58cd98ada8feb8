package io.symphony.scaling;

import java.util.OptionalInt;

/** Another policy, approached at a pace, by the rule of Kubernetes: counted from where the period began. */
record Paced(ScalingPolicy policy, Pace up, Pace down) implements ScalingPolicy {

    @Override
    public Target decide(ScalingView view) {
        Target target = policy.decide(view);
        if (target.wanted().isEmpty()) {
            return target;
        }
        return target.replicas() > view.target() ? rising(target, view) : falling(target, view);
    }

    private Target rising(Target target, ScalingView view) {
        OptionalInt lowest = view.past().lowestTargetSince(view.elapsed().minus(up.period()));
        int base = Math.min(lowest.orElse(view.target()), view.target());
        int most = Math.max(view.target(), up.above(base));
        return target.replicas() <= most
                ? target
                : target.answered(most, limited(target, up, most) + " up from " + base);
    }

    private Target falling(Target target, ScalingView view) {
        OptionalInt highest = view.past().highestTargetSince(view.elapsed().minus(down.period()));
        int base = Math.max(highest.orElse(view.target()), view.target());
        int least = Math.min(view.target(), down.below(base));
        return target.replicas() >= least
                ? target
                : target.answered(least, limited(target, down, least) + " down from " + base);
    }

    private static String limited(Target target, Pace pace, int limit) {
        return target.reason() + "; " + limit + " and not " + target.replicas() + " yet, at a pace of " + pace;
    }

    @Override
    public String toString() {
        return policy + ", up by " + up + ", down by " + down;
    }
}
