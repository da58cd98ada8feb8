package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A control loop of its own, ticked by hand; what it orders is not done by anybody. */
abstract class LoopScene {

    final Dispatcher<Slot> dispatcher = new Dispatcher<>((slot, mark) -> slot);
    final List<Action> actions = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
    long now;

    void bringUp(ControlLoop loop, int replicas) {
        tick(loop);
        tick(loop, new Fact.Surveyed(List.of(), now));
        for (int number = 1; number <= replicas; number++) {
            tick(loop, Story.started(number));
            tick(loop, Story.probed(number, ProbeResult.well()));
        }
        assertThat(loop.state().fleet().count(Phase.READY)).isEqualTo(replicas);
    }

    void tick(ControlLoop loop, Fact... facts) {
        now += Story.TICK.toNanos();
        loop.tick(List.of(facts), now);
    }

    ControlLoop loop(Rules rules) {
        return loop(rules, dispatcher::accepted);
    }

    ControlLoop loop(Rules rules, TrafficSource source) {
        return new ControlLoop(Story.SPEC, rules, dispatcher, Story.meters(source), actions::add, notes::add, now);
    }

    static Rules rules(int min, ScalingPolicy scaling) {
        return Story.rules(min, 10, scaling, new Restraint(Duration.ofMinutes(5), 10_000));
    }
}
