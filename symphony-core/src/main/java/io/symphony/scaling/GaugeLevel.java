package io.symphony.scaling;

import java.util.OptionalDouble;

/** A gauge of an average, such as the use of a processor, held at a level by those that are ready. */
record GaugeLevel(String gauge, double level) implements ScalingPolicy {

    GaugeLevel {
        Numbers.requirePositive("level", level);
    }

    @Override
    public Target decide(ScalingView view) {
        OptionalDouble value = view.gauge(gauge);
        if (value.isEmpty()) {
            return view.unchanged("the gauge " + gauge + " has no value");
        }
        if (view.ready() == 0) {
            return view.unchanged("no replica is ready to measure " + gauge + " by");
        }
        return Target.filling(
                view.ready() * Math.max(0, value.getAsDouble()) / level,
                gauge + " is " + Numbers.measured(value.getAsDouble()) + " with " + view.ready()
                        + " ready, to be held at " + Numbers.plain(level));
    }

    @Override
    public String toString() {
        return gauge + " (held at " + Numbers.plain(level) + ")";
    }
}
