package io.symphony.scaling;

import java.util.OptionalDouble;

/** A gauge of a whole, such as the length of a queue, shared out among the replicas. */
record GaugeShare(String gauge, double perReplica) implements ScalingPolicy {

    GaugeShare {
        Numbers.requirePositive("perReplica", perReplica);
    }

    @Override
    public Target decide(ScalingView view) {
        OptionalDouble value = view.gauge(gauge);
        if (value.isEmpty()) {
            return view.unchanged("the gauge " + gauge + " has no value");
        }
        return Target.filling(
                Math.max(0, value.getAsDouble()) / perReplica,
                gauge + " is " + Numbers.measured(value.getAsDouble()) + " at " + Numbers.plain(perReplica)
                        + " a replica");
    }

    @Override
    public String toString() {
        return gauge + " (" + Numbers.plain(perReplica) + " a replica)";
    }
}
