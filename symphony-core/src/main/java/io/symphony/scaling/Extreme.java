package io.symphony.scaling;

import java.util.List;
import java.util.stream.Collectors;

/** The largest or the smallest of what several policies want. One without data stands for what is wanted so far. */
record Extreme(Side side, List<ScalingPolicy> policies) implements ScalingPolicy {

    enum Side {
        LARGEST("the largest of "),
        SMALLEST("the smallest of ");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        boolean prefers(Target one, Target other) {
            return this == LARGEST ? one.replicas() > other.replicas() : one.replicas() < other.replicas();
        }
    }

    Extreme {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("policies: none (expected: at least one)");
        }
    }

    @Override
    public Target decide(ScalingView view) {
        List<Target> targets = policies.stream().map(each -> each.decide(view)).toList();
        Target chosen = targets.get(0);
        for (Target each : targets) {
            chosen = side.prefers(each, chosen) ? each : chosen;
        }
        String all =
                targets.stream().map(each -> Integer.toString(each.replicas())).collect(Collectors.joining(", "));
        return chosen.answered(chosen.replicas(), chosen.reason() + "; " + side.words + all);
    }

    @Override
    public String toString() {
        return side.words + policies.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
