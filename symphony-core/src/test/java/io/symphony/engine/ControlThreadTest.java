package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ControlThreadTest {

    private final Mailbox mailbox = new Mailbox();
    private final List<Note> notes = new CopyOnWriteArrayList<>();
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    @Test
    void survivesATickThatThrowsWhatever() {
        AtomicInteger asked = new AtomicInteger();
        ControlLoop loop = loop(view -> {
            switch (asked.incrementAndGet()) {
                case 2:
                    throw new StackOverflowError("deep");
                case 4:
                    throw new AssertionError("wrong");
                default:
                    return ScalingPolicy.fixed(3).decide(view);
            }
        });
        try (ControlThread control = new ControlThread(loop, mailbox, Ticker.system())) {
            control.start();
            await().until(() -> asked.get() > 5);
        }

        assertThat(notes)
                .filteredOn(each -> each.kind() == Kind.TROUBLE)
                .extracting(Note::text)
                .containsExactly(
                        "a tick of the control loop failed, what is known serves on: java.lang.StackOverflowError: deep",
                        "a tick of the control loop failed, what is known serves on: java.lang.AssertionError: wrong");
    }

    @Test
    void ticksAtOnceWhenAFactArrives() {
        ControlLoop loop = loop(ScalingPolicy.fixed(1));
        // Its clock stands still, so it has nothing to do but wait for facts.
        try (ControlThread control = new ControlThread(loop, mailbox, () -> 0)) {
            control.start();
            mailbox.post(new Fact.ScaleOrdered(OptionalInt.of(7)));
            await().until(() -> loop.state().target().replicas() == 7);
        }
    }

    @Test
    void endsByItselfOnceAnOrderedEndIsComplete() throws Exception {
        ControlLoop loop = loop(ScalingPolicy.fixed(1));
        ControlThread control = new ControlThread(loop, mailbox, Ticker.system());
        control.start();
        assertThat(control.awaitEnd(Duration.ofMillis(1))).isFalse();

        mailbox.post(new Fact.EndOrdered());

        assertThat(control.awaitEnd(Duration.ofSeconds(10))).isTrue();
        control.close();
    }

    private ControlLoop loop(ScalingPolicy scaling) {
        return new ControlLoop(
                Story.SPEC,
                Story.rules(1, 10, scaling),
                new Dispatcher<>((slot, mark) -> slot),
                Story.meters(() -> 0),
                actions::add,
                notes::add,
                0);
    }
}
