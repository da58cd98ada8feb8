package io.symphony.rehearsal;

import io.symphony.engine.Restraint;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Traffic and a service to try policies on: in virtual time, and with the control side that runs live. The requests of
 * each second come at random moments of it, are dealt out in turn, and wait in their replica for one of its workers. The same
 * rehearsal always has the same outcome.
 *
 * <pre>{@code
 * Rehearsal hour = Rehearsal.of(Trace.flashCrowd()).between(1, 40);
 * Outcome mine = hour.play(myPolicy);
 * assertThat(mine.lateShare()).isLessThan(hour.play(ScalingPolicy.auto().steady()).lateShare());
 * }</pre>
 */
public final class Rehearsal {

    private final Trace trace;
    private final int min;
    private final int max;
    private final int changesAnHour;
    private final Duration objective;
    private final List<Scene> scenes;

    /** From that second on the service is like that. */
    record Scene(int second, ServiceModel service) {}

    private Rehearsal(Trace trace, int min, int max, int changesAnHour, Duration objective, List<Scene> scenes) {
        this.trace = trace;
        this.min = min;
        this.max = max;
        this.changesAnHour = changesAnHour;
        this.objective = objective;
        this.scenes = List.copyOf(scenes);
    }

    /** One with {@link ServiceModel#standard()}, 1 to 10 replicas, and an objective of 250 ms. */
    public static Rehearsal of(Trace trace) {
        return new Rehearsal(
                trace,
                1,
                10,
                Restraint.changesOf(10),
                Duration.ofMillis(250),
                List.of(new Scene(0, ServiceModel.standard())));
    }

    /** The range that the number of replicas stays in, with the budget of changes that goes with it. */
    public Rehearsal between(int least, int most) {
        return new Rehearsal(trace, least, most, Restraint.changesOf(most), objective, scenes);
    }

    /** How many starts and stops an hour scaling may cause. */
    public Rehearsal changesPerHour(int startsAndStops) {
        return new Rehearsal(trace, min, max, startsAndStops, objective, scenes);
    }

    /** Within which time a request is to be answered. */
    public Rehearsal within(Duration time) {
        return new Rehearsal(trace, min, max, changesAnHour, time, scenes);
    }

    /** What the replicas are like. */
    public Rehearsal on(ServiceModel service) {
        return new Rehearsal(trace, min, max, changesAnHour, objective, List.of(new Scene(0, service)));
    }

    /** What they are like from a later second on. */
    public Rehearsal from(int second, ServiceModel service) {
        int last = scenes.get(scenes.size() - 1).second();
        if (second <= last) {
            throw new IllegalArgumentException("second: " + second + " (expected: > " + last + ")");
        }
        List<Scene> more = new ArrayList<>(scenes);
        more.add(new Scene(second, service));
        return new Rehearsal(trace, min, max, changesAnHour, objective, more);
    }

    /** What comes of it under a policy. */
    public Outcome play(ScalingPolicy policy) {
        return play(policy, each -> {});
    }

    /** The same, and somebody takes down each decision. */
    public Outcome play(ScalingPolicy policy, Consumer<Deliberation> recorder) {
        return new Performance(this, policy, recorder).play();
    }

    Trace trace() {
        return trace;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    int changesAnHour() {
        return changesAnHour;
    }

    Duration objective() {
        return objective;
    }

    ServiceModel service() {
        return scenes.get(0).service();
    }

    Stream<ServiceModel> services() {
        return scenes.stream().map(Scene::service);
    }

    Stream<Scene> scenesAt(int second) {
        return scenes.stream().filter(each -> each.second() == second && second > 0);
    }
}
