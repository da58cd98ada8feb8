package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.Chronicle;
import io.symphony.scaling.Sample;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.TrafficSource;
import io.symphony.testing.FakeRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What the planner does, told tick by tick in virtual time. Nothing happens by itself, but a test may let the outside
 * world answer: then every action that is not held comes back as its fact in the next tick.
 */
final class Story {

    static final Duration TICK = Duration.ofMillis(100);
    static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts");

    final Chronicle chronicle = new Chronicle();
    final Map<Long, Integer> inside = new HashMap<>();
    final Map<Long, ProbeResult> health = new HashMap<>();
    final List<Sighting> runningAlready = new ArrayList<>();
    long requests;
    int waiting;
    boolean startsAnswer = true;
    boolean stopsAnswer = true;
    boolean probesAnswer = true;
    boolean listsAnswer = true;
    boolean drainsEnd;

    private final Planner planner;
    private final long began;
    private final List<Note> notes = new ArrayList<>();
    private final List<Action> all = new ArrayList<>();
    private final List<Action> unanswered = new ArrayList<>();
    private List<Action> last = List.of();
    private State state;
    private long now = -Duration.ofSeconds(5).toNanos(); // real clocks may be below zero

    Story(Rules rules) {
        this(SPEC, rules);
    }

    Story(ServiceSpec spec, Rules rules) {
        this(spec, rules, Reign.ALONE);
    }

    Story(ServiceSpec spec, Rules rules, Reign reign) {
        planner = new Planner(rules);
        state = State.initial(spec, rules, reign, now);
        began = now;
    }

    static Rules fixed(int replicas) {
        return rules(replicas, replicas, ScalingPolicy.fixed(replicas));
    }

    static Rules rules(int min, int max, ScalingPolicy scaling) {
        return rules(min, max, scaling, HealthPolicy.standard());
    }

    static Rules rules(int min, int max, ScalingPolicy scaling, HealthPolicy health) {
        return rules(min, max, scaling, Restraint.standard(max), health);
    }

    static Rules rules(int min, int max, ScalingPolicy scaling, Restraint restraint) {
        return rules(min, max, scaling, restraint, HealthPolicy.standard());
    }

    private static Rules rules(int min, int max, ScalingPolicy scaling, Restraint restraint, HealthPolicy health) {
        return new Rules(
                min,
                max,
                scaling,
                restraint,
                health,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                RoutingPolicy.roundRobin(),
                Duration.ofMinutes(5),
                RollOutPolicy.inStepsOf(1),
                false);
    }

    /** One in which so many replicas, and no others, are ready. */
    static Story withReady(int replicas, Rules rules) {
        Story story = new Story(rules);
        story.run(Duration.ofSeconds(1));
        assertThat(story.count(Phase.READY)).isEqualTo(replicas);
        assertThat(story.state.fleet().size()).isEqualTo(replicas);
        return story;
    }

    /** One tick: the facts are learned, the plan is made, and made again to see that there is nothing to add. */
    Story tick(Fact... facts) {
        now += TICK.toNanos();
        Plan learned = planner.learn(state, List.of(facts), now);
        Inputs inputs = inputs(id -> inside.getOrDefault(id.number(), 0));
        chronicle.sampled(inputs.sample());
        Plan plan = planner.plan(learned.next(), inputs, now);
        assertThat(planner.plan(plan.next(), inputs, now).actions())
                .as("planning again without new facts")
                .isEmpty();
        assertThat(learned.actions()).as("learning decides nothing").isEmpty();
        state = plan.next();
        notes.addAll(learned.notes());
        notes.addAll(plan.notes());
        chronicle.decided(
                inputs.sample().elapsed(), state.target(), state.fleet().count(Phase.READY));
        last = plan.actions();
        all.addAll(last);
        unanswered.addAll(last);
        return this;
    }

    /** Those of an orchestrator that counts requests and nothing else. */
    static Meters meters(TrafficSource requests) {
        return new Meters(requests, () -> 0, () -> 0, Map::of, () -> Instant.EPOCH);
    }

    /** As the loop would give them. */
    Inputs inputs(ToIntFunction<ReplicaId> insideOf) {
        Duration elapsed = Duration.ofNanos(now - began);
        Sample sample = new Sample(elapsed, Instant.EPOCH.plus(elapsed), requests, requests, 0, waiting, Map.of());
        return new Inputs(sample, chronicle.load(), chronicle.past(), Optional.empty(), OptionalInt.empty(), insideOf);
    }

    /** Ticks for a while; the outside world answers each action in the next tick. */
    Story run(Duration time) {
        for (long passed = 0; passed < time.toNanos(); passed += TICK.toNanos()) {
            List<Fact> answers = new ArrayList<>();
            unanswered.forEach(action -> answer(action, answers));
            unanswered.clear();
            drained(answers);
            tick(answers.toArray(new Fact[0]));
        }
        return this;
    }

    /** A pause in which even we ourselves stand still. */
    Story standStill(Duration time) {
        now += time.toNanos();
        return this;
    }

    /** Whoever leaves and has nobody inside is empty, where a test lets drains end. */
    private void drained(List<Fact> answers) {
        for (Replica replica : state.fleet()) {
            if (drainsEnd
                    && replica.phase() == Phase.DRAINING
                    && inside.getOrDefault(replica.id().number(), 0) == 0) {
                answers.add(new Fact.Drained(replica.id()));
            }
        }
    }

    private void answer(Action action, List<Fact> answers) {
        if (action instanceof Action.Probe probe && probesAnswer) {
            answers.add(
                    probed(probe.id().number(), health.getOrDefault(probe.id().number(), ProbeResult.well())));
        } else if (action instanceof Action.Start start && startsAnswer) {
            answers.add(started(start.id().number()));
        } else if (action instanceof Action.Stop stop && stopsAnswer) {
            answers.add(new Fact.Stopped(stop.id(), stop.wantsOutput() ? "its last words" : ""));
        } else if (action instanceof Action.Survey && listsAnswer) {
            answers.add(new Fact.Surveyed(sightings(), now));
        }
    }

    /** What a list would find now: all that came up and were not stopped, and what else there is. */
    private List<Sighting> sightings() {
        List<Sighting> found = new ArrayList<>(runningAlready);
        for (Replica replica : state.fleet()) {
            if (replica.endpoint().isPresent()
                    && runningAlready.stream().noneMatch(each -> each.id().equals(replica.id()))) {
                found.add(new Sighting(replica.id(), replica.endpoint().get(), replica.version()));
            }
        }
        return found;
    }

    State state() {
        return state;
    }

    long now() {
        return now;
    }

    int count(Phase phase) {
        return state.fleet().count(phase);
    }

    Phase phase(long number) {
        return state.fleet().find(id(number)).orElseThrow().phase();
    }

    boolean knows(long number) {
        return state.fleet().find(id(number)).isPresent();
    }

    String version(long number) {
        return state.fleet().find(id(number)).orElseThrow().version();
    }

    /** How many of a version serve. */
    int ready(ServiceSpec spec) {
        int ready = 0;
        for (Replica replica : state.fleet()) {
            ready += replica.phase() == Phase.READY && replica.version().equals(spec.version()) ? 1 : 0;
        }
        return ready;
    }

    /** What the last tick ordered. */
    List<Action> ordered() {
        return last;
    }

    /** The numbers of those whose start was ordered so far. */
    List<Long> starts() {
        return ofKind(Action.Start.class).map(each -> each.id().number()).toList();
    }

    /** The numbers of those whose end was ordered so far. */
    List<Long> stops() {
        return ofKind(Action.Stop.class).map(each -> each.id().number()).toList();
    }

    <A extends Action> Stream<A> ofKind(Class<A> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** What was said of a kind so far. */
    List<String> said(Kind kind) {
        return notes.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> (each.replica() == null ? "" : each.replica() + ": ") + each.text())
                .toList();
    }

    /** The decisions so far that are counted. */
    List<Decision> decisions() {
        return notes.stream().map(Note::decision).filter(Objects::nonNull).toList();
    }

    static ReplicaId id(long number) {
        return new ReplicaId("acts", number);
    }

    static Sighting sighting(long number, String version) {
        return new Sighting(id(number), FakeRuntime.endpointOf(id(number)), version);
    }

    static Fact started(long number) {
        return new Fact.Started(id(number), FakeRuntime.endpointOf(id(number)));
    }

    static Fact probed(long number, ProbeResult result) {
        return new Fact.Probed(id(number), result);
    }
}
