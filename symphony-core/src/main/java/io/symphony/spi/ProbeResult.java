package io.symphony.spi;

/**
 * What a health check found.
 *
 * <pre>{@code
 * ProbeResult.unwell("503 Service Unavailable").isWell(); // false
 * }</pre>
 */
public record ProbeResult(Verdict verdict, String detail) {

    private static final ProbeResult WELL = new ProbeResult(Verdict.WELL, "well");

    /** The three things that a check can find. A replica that answers badly is not a dead one. */
    public enum Verdict {
        WELL,
        /** It answered, and said that it is not well. */
        UNWELL,
        /** It did not answer: refused, reset, timed out. */
        SILENT
    }

    public static ProbeResult well() {
        return WELL;
    }

    public static ProbeResult unwell(String detail) {
        return new ProbeResult(Verdict.UNWELL, detail);
    }

    public static ProbeResult silent(String detail) {
        return new ProbeResult(Verdict.SILENT, detail);
    }

    public boolean isWell() {
        return verdict == Verdict.WELL;
    }
}
