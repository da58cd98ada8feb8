package io.symphony.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * The replicas as a policy sees them: how many there are and may be.
 *
 * <pre>{@code
 * Staff.of(3).between(1, 10).withStarting(2).ready(); // 3
 * }</pre>
 *
 * @param ready how many serve
 * @param starting how many are on their way: started and not ready yet
 * @param target how many are wanted so far
 * @param min the least that may be wanted
 * @param max the most that may be wanted
 * @param rollingOut whether replicas of one version are being replaced by those of another
 * @param timeToReady how long replicas took from their start until they served; empty until one did
 */
public record Staff(
        int ready, int starting, int target, int min, int max, boolean rollingOut, Optional<Duration> timeToReady) {

    /** So many that serve and are wanted, with nothing going on. */
    public static Staff of(int replicas) {
        return new Staff(replicas, 0, replicas, 0, Integer.MAX_VALUE, false, Optional.empty());
    }

    public Staff between(int least, int most) {
        return new Staff(ready, starting, target, least, most, rollingOut, timeToReady);
    }

    public Staff withStarting(int replicas) {
        return new Staff(ready, replicas, target, min, max, rollingOut, timeToReady);
    }

    public Staff withTarget(int replicas) {
        return new Staff(ready, starting, replicas, min, max, rollingOut, timeToReady);
    }

    /** The same while a new version is being rolled out. */
    public Staff inRollOut() {
        return new Staff(ready, starting, target, min, max, true, timeToReady);
    }

    public Staff withTimeToReady(Duration time) {
        return new Staff(ready, starting, target, min, max, rollingOut, Optional.of(time));
    }
}
