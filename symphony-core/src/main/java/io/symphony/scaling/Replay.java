package io.symphony.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * A recording that is decided again. Each deliberation goes in once, in order, and what the policy answers now is compared
 * with what it answered then: number, want and sentence.
 *
 * <pre>{@code
 * Replay replay = new Replay(policy);
 * recording.stream().map(replay::of).flatMap(Optional::stream).findFirst(); // empty: all as it was
 * }</pre>
 */
public final class Replay {

    private final ScalingPolicy policy;
    private final Chronicle chronicle = new Chronicle();
    private boolean begun;

    public Replay(ScalingPolicy policy) {
        this.policy = policy;
    }

    /**
     * A decision that is another one now.
     *
     * @param elapsed how long the orchestrator had run
     * @param then what was recorded
     * @param now what the policy answers now
     */
    public record Difference(Duration elapsed, Target then, Target now) {}

    /** Takes in the next one, and says what the policy answers differently. */
    public Optional<Difference> of(Deliberation recorded) {
        begin(recorded.staff());
        Sample sample = recorded.sample();
        if (recorded.counted()) {
            chronicle.sampled(sample);
        }
        Optional<Difference> difference = recorded.answer().flatMap(then -> compare(recorded, then));
        chronicle.decided(sample.elapsed(), recorded.decided(), recorded.readyAfter());
        return difference;
    }

    /** As the loop does before its first tick. */
    private void begin(Staff first) {
        if (!begun) {
            chronicle.decided(Duration.ZERO, Target.undecided(first.target(), "the beginning"), 0);
            begun = true;
        }
    }

    private Optional<Difference> compare(Deliberation recorded, Target then) {
        Target now = policy.decide(chronicle.view(recorded.sample(), recorded.staff()));
        return now.equals(then)
                ? Optional.empty()
                : Optional.of(new Difference(recorded.sample().elapsed(), then, now));
    }
}
