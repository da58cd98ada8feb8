package io.symphony.proxy;

import java.util.OptionalDouble;

/**
 * How far a counter of somebody else's has gone up while we looked. Where it fell it was started anew, and what it shows
 * came since.
 */
final class Increase {

    private OptionalDouble last = OptionalDouble.empty();

    /** What came since the value before; nothing at the first one, whose past is not ours. */
    double to(double value) {
        double before = last.orElse(value);
        last = OptionalDouble.of(value);
        return value < before ? value : value - before;
    }
}
