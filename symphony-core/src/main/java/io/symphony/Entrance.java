package io.symphony;

/**
 * Whether requests come in. The fleet is started, checked, healed, scaled and rolled out alike behind each of them.
 *
 * <pre>{@code
 * acts.pause(); // requests wait
 * migrate();
 * acts.resume();
 * }</pre>
 */
public enum Entrance {
    /** They do. */
    OPEN,
    /** They wait to, within their patience and the bound of those who wait. */
    PAUSED,
    /** They are told to come again later. */
    MAINTENANCE
}
