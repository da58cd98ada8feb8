package io.symphony.engine;

import io.symphony.scaling.Chronicle;
import io.symphony.scaling.Load;
import io.symphony.scaling.Past;
import io.symphony.scaling.Sample;
import io.symphony.scaling.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the control thread measures once a tick, and the record of it. */
final class Measurements {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Meters meters;
    private Chronicle chronicle = new Chronicle();
    private Load load = chronicle.load();
    private Sample sample;
    private volatile long requestsLastSecond;

    Measurements(Meters meters, Target first) {
        this.meters = meters;
        this.sample = meters.unread(Duration.ZERO, 0);
        chronicle.decided(Duration.ZERO, first, 0);
    }

    /**
     * Somebody else's count may fail. What is not known is not zero, so whoever asks for it then gets no answer.
     *
     * @param party whose counts are to be taken together; null where our own are all
     */
    void take(Duration elapsed, int inside, @Nullable Party party) {
        try {
            sample = party == null ? meters.read(elapsed, inside) : meters.read(elapsed, party.counts());
            chronicle.sampled(sample);
            load = chronicle.load();
        } catch (RuntimeException e) {
            sample = meters.unread(elapsed, inside);
            load = new Unreadable(e);
        }
        Duration from = elapsed.compareTo(SECOND) > 0 ? elapsed.minus(SECOND) : Duration.ZERO;
        requestsLastSecond = chronicle.load().requestsBetween(from, elapsed);
    }

    /** Forgets what was measured: it was counted by others, or of others. */
    void beginAnew() {
        chronicle = new Chronicle();
        load = chronicle.load();
    }

    void decided(Target target, int ready) {
        chronicle.decided(sample.elapsed(), target, ready);
    }

    Sample sample() {
        return sample;
    }

    Load load() {
        return load;
    }

    Past past() {
        return chronicle.past();
    }

    boolean counted() {
        return !(load instanceof Unreadable);
    }

    long requestsLastSecond() {
        return requestsLastSecond;
    }
}
