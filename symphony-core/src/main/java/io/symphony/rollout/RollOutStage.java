package io.symphony.rollout;

/**
 * How far a roll-out has come.
 *
 * <pre>{@code
 * acts.status().rollOut().stage().isUnderWay();
 * }</pre>
 */
public enum RollOutStage {
    /** There has been none. */
    NONE,
    /** Step by step, new replicas take the place of former ones. */
    RUNNING,
    /** It stands where it is; the fleet serves, heals and scales on. */
    PAUSED,
    /** The new replicas are taken out again. */
    REVERTING,
    /** All replicas are of the new version. */
    DONE,
    /** All replicas are of the former version again. */
    REVERTED;

    /** Whether replicas of two versions are there on purpose. */
    public boolean isUnderWay() {
        return this == RUNNING || this == PAUSED || this == REVERTING;
    }
}
