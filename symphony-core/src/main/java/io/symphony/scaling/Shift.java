package io.symphony.scaling;

/**
 * So many replicas during these hours.
 *
 * <pre>{@code
 * new Shift(Hours.parse("mon-fri 08:00-18:00", ZoneId.of("Europe/Berlin")), 5);
 * }</pre>
 */
public record Shift(Hours hours, int replicas) {

    public Shift {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: >= 0)");
        }
    }

    @Override
    public String toString() {
        return replicas + " at " + hours;
    }
}
