package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.scaling.Change;
import io.symphony.scaling.Sample;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a tick measures, remembers and reports. */
class LoopMemoryTest extends LoopScene {

    @Test
    void aPolicySeesWhatIsMeasuredAndWhatWasDecidedBefore() {
        List<ScalingView> views = new ArrayList<>();
        ScalingPolicy watching = view -> {
            views.add(view);
            return new Target(views.size() < 30 ? 2 : 1, "wanted");
        };
        Meters meters = new Meters(
                () -> 100 * views.size(), () -> 7, () -> 3, () -> Map.of("queue", 40.0), () -> Instant.EPOCH);
        ControlLoop loop =
                new ControlLoop(Story.SPEC, rules(1, watching), dispatcher, meters, actions::add, notes::add, now);
        bringUp(loop, 2);
        while (views.size() < 60) {
            tick(loop);
        }

        ScalingView last = views.get(59);
        assertThat(last.sample())
                .isEqualTo(new Sample(
                        Duration.ofNanos(Story.TICK.toNanos() * 60),
                        Instant.EPOCH,
                        5_900,
                        7,
                        0,
                        3,
                        Map.of("queue", 40.0)));
        assertThat(last.past().highestTargetSince(Duration.ofSeconds(2))).hasValue(2);
        assertThat(last.past().highestTargetSince(Duration.ofSeconds(4))).hasValue(1);
        assertThat(last.past().readyAt(Duration.ofSeconds(2))).hasValue(2);
        assertThat(last.load().waitingBetween(Duration.ZERO, last.elapsed())).isPositive();
        assertThat(last.staff().timeToReady()).isPresent();
    }

    @Test
    void eachChangeOfTheTargetIsRememberedWithItsReason() {
        AtomicLong wanted = new AtomicLong(1);
        ControlLoop loop = loop(rules(1, view -> new Target(wanted.intValue(), wanted + " requests")));
        bringUp(loop, 1);
        assertThat(loop.changes()).isEmpty();

        wanted.set(12);
        tick(loop);
        tick(loop);
        wanted.set(3);
        tick(loop);

        assertThat(loop.changes())
                .containsExactly(
                        new Change(Instant.EPOCH, 1, 10, "12 requests; limited from 12 by max 10"),
                        new Change(Instant.EPOCH, 10, 3, "3 requests"));
        assertThat(loop.changes().get(1)).hasToString("1970-01-01T00:00:00Z 10 -> 3: 3 requests");
        for (int tick = 0; tick < 1_000; tick++) {
            tick(loop, new Fact.ScaleOrdered(OptionalInt.of(tick % 2 + 1)));
        }
        assertThat(loop.changes()).as("not without bound").hasSize(500);
    }

    @Test
    void factsAreNotLostWhenTheTrafficCannotBeCounted() {
        AtomicBoolean broken = new AtomicBoolean();
        TrafficSource source = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no connection");
            }
            return 1_000_000;
        };
        ControlLoop loop = loop(rules(1, ScalingPolicy.requestsPerSecond(1, Duration.ofSeconds(10))), source);
        bringUp(loop, 10);
        assertThat(loop.state().target().replicas()).isEqualTo(10);

        broken.set(true);
        now += Duration.ofMinutes(1).toNanos();
        tick(loop, new Fact.Vanished(Story.id(1), "killed"));
        tick(loop);

        assertThat(actions).as("healing goes on").contains(new Action.Start(Story.id(11), Story.SPEC));
        assertThat(loop.state().target().replicas())
                .as("what is not known is not zero")
                .isEqualTo(10);
        assertThat(notes)
                .filteredOn(each -> each.kind() == Kind.TROUBLE)
                .extracting(Note::text)
                .containsExactly("kept, because the scaling policy failed: java.lang.IllegalStateException: "
                        + "the traffic source failed: java.lang.IllegalStateException: no connection");

        broken.set(false);
        tick(loop);
        tick(loop);
        assertThat(loop.state().target().replicas()).isEqualTo(1);
    }

    @Test
    void leasesThatAreOpenForTooLongAreReported() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        bringUp(loop, 1);
        Slot one = loop.slot(Story.id(1));
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        long forgotten = one.enter();
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue()).as("it may have come a second ago").isEmpty();

        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue())
                .containsExactly(
                        "1 lease has been open for more than 300.0 s. " + "A long stream, or was close() forgotten?");

        one.leave(forgotten);
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue()).hasSize(1);
    }

    @Test
    void countsTheRequestsOfTheLastSecond() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        for (int i = 0; i < 50; i++) {
            dispatcher.ticket();
            tick(loop);
        }

        assertThat(loop.requestsLastSecond())
                .as("ten ticks a second, one request each")
                .isEqualTo(10);
    }

    private List<String> overdue() {
        return notes.stream()
                .filter(each -> each.kind() == Kind.TROUBLE)
                .map(Note::text)
                .toList();
    }
}
