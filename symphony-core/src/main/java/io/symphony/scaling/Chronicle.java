package io.symphony.scaling;

import java.time.Duration;

/**
 * The memory that policies do not have. It takes one sample a tick and what was decided on it, and makes the next view
 * of both. The live loop and a replay use the same one, so a recording of samples, staff and targets gives the same
 * views, and these the same decisions.
 *
 * <pre>{@code
 * Chronicle chronicle = new Chronicle();
 * chronicle.sampled(sample);
 * ScalingView view = chronicle.view(sample, staff);
 * chronicle.decided(view.elapsed(), policy.decide(view).within(1, 10), view.ready());
 * }</pre>
 *
 * <p>It is for one thread, and a view is good until the next sample.
 */
public final class Chronicle {

    private final LoadHistory load = new LoadHistory();
    private final PastRecord past = new PastRecord();

    /** One that knows nothing yet. */
    public Chronicle() {}

    /** Takes in what a tick measured; times must not fall. */
    public void sampled(Sample sample) {
        load.sample(sample);
    }

    public ScalingView view(Sample sample, Staff staff) {
        return new ScalingView(sample, staff, load, past);
    }

    /** Takes in what stands after a decision, within its range, and how many replicas served then. */
    public void decided(Duration elapsed, Target target, int ready) {
        past.note(elapsed, target, ready);
    }

    public Load load() {
        return load;
    }

    public Past past() {
        return past;
    }
}
