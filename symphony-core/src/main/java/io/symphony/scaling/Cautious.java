package io.symphony.scaling;

/**
 * Another policy, without conclusions from what is not sure. Replicas on their way count as idle where more are wanted
 * and as fully busy where fewer are; where that turns the direction round, nothing changes. During a roll-out nothing goes
 * down.
 */
record Cautious(ScalingPolicy policy) implements ScalingPolicy {

    @Override
    public Target decide(ScalingView view) {
        Target target = policy.decide(view);
        if (target.wanted().isEmpty()) {
            return target;
        }
        Target counted = view.starting() == 0 ? target : counted(target, view);
        return view.staff().rollingOut() && counted.replicas() < view.target()
                ? kept(target, view, "nothing goes down during a roll-out")
                : counted;
    }

    private static Target counted(Target target, ScalingView view) {
        double wanted = target.wanted().orElse(0);
        int coming = view.ready() + view.starting();
        if (wanted > view.ready()) {
            return wanted > coming ? target : kept(target, view, onTheirWay(view) + " will do");
        }
        double withBusy = wanted + view.starting();
        return withBusy < coming
                ? Target.filling(withBusy, target.reason() + "; " + onTheirWay(view) + " counted as busy")
                : kept(target, view, onTheirWay(view) + " may be busy");
    }

    private static Target kept(Target target, ScalingView view, String why) {
        return new Target(view.target(), target.reason() + "; " + view.target() + " kept, " + why);
    }

    private static String onTheirWay(ScalingView view) {
        return view.starting() + " on their way";
    }

    @Override
    public String toString() {
        return policy + ", cautious";
    }
}
