package io.symphony.fleet;

/** The rule for a replica's weight. The bound keeps a weighted schedule small. */
final class Weight {

    private static final int MOST = 1_000;

    private Weight() {}

    static void require(int weight) {
        if (weight < 1 || weight > MOST) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to " + MOST + ")");
        }
    }
}
