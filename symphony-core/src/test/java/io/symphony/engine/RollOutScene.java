package io.symphony.engine;

import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.rollout.Sample;
import io.symphony.scaling.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Three replicas that serve, and versions to take their place. */
abstract class RollOutScene {

    static final Duration SECOND = Duration.ofSeconds(1);
    static final ServiceSpec OLD = Story.SPEC;
    static final ServiceSpec NEW = OLD.withEnv("VERSION", "2");
    static final ServiceSpec OTHER = OLD.withEnv("VERSION", "3");

    /** What the policy wants; a test changes its mind. */
    final AtomicInteger wanted = new AtomicInteger(3);

    static Fact beat(Story story, Sample ofNew, Sample ofFormer) {
        Map<ReplicaId, Sample> beat = new HashMap<>();
        for (Replica replica : story.state().fleet()) {
            boolean isNew = replica.version().equals(story.state().spec().version());
            beat.put(replica.id(), isNew ? ofNew : ofFormer);
        }
        return new Fact.Measured(beat);
    }

    static RollOutStage stage(Story story) {
        return story.state().rollOut().stage();
    }

    Story ofThree() {
        Story story = Story.withReady(3, rules(RollOutPolicy.inStepsOf(1)));
        story.drainsEnd = true;
        return story;
    }

    Rules rules(RollOutPolicy policy) {
        Rules rules = Story.rules(1, 10, view -> new Target(wanted.get(), "wanted"));
        return new Rules(
                rules.min(),
                rules.max(),
                rules.scaling(),
                rules.restraint(),
                rules.health(),
                rules.drain(),
                rules.grace(),
                rules.surveyEvery(),
                rules.routing(),
                rules.overdue(),
                policy,
                rules.fixedPool());
    }
}
