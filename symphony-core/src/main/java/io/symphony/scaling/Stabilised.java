package io.symphony.scaling;

import java.time.Duration;

/** Another policy, up at once and down no further than the highest want of the last while. */
record Stabilised(ScalingPolicy policy, Duration window) implements ScalingPolicy {

    Stabilised {
        Windows.require(window);
    }

    @Override
    public Target decide(ScalingView view) {
        Target target = policy.decide(view);
        if (target.replicas() >= view.target()) {
            return target;
        }
        int highest = view.past().highestWantAfter(view.elapsed().minus(window)).orElse(0);
        int held = Math.min(highest, view.target());
        if (held <= target.replicas()) {
            return target;
        }
        return target.answered(
                held,
                target.reason() + "; " + held + " and not " + target.replicas() + ", for " + highest
                        + " were wanted within the last " + Windows.inSeconds(window));
    }

    @Override
    public String toString() {
        return policy + ", down after " + Windows.inSeconds(window);
    }
}
