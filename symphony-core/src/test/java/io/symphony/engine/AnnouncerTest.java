package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.Decision;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.EventListener;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts")
            .withEnv("TOKEN", "hunter22")
            .withEnv("URL", "db://me:hunter22@host")
            .withEnv("DEBUG", "true")
            .withEnv("LEVEL", "1");

    private final Announcer announcer = new Announcer(SPEC, Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<Event> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        announcer.close();
    }

    @Test
    void datesWhatItIsToldAndPassesItOn() {
        announcer.listen(heard::add);
        ReplicaId one = new ReplicaId("acts", 1);

        announcer.accept(Note.about(one, Kind.READY, "well 1.2 s after it came up"));

        Event event = new Event(1, NOON, Kind.READY, Optional.of(one), "well 1.2 s after it came up");
        await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly(event);
        assertThat(announcer.history()).containsExactly(event);
        assertThat(event).hasToString("acts-1: well 1.2 s after it came up");
    }

    @Test
    void remembersTheLastFiveHundred() {
        for (int i = 1; i <= 1_234; i++) {
            say("event " + i);
        }

        assertThat(announcer.history()).hasSize(500);
        assertThat(announcer.history().get(0).text()).isEqualTo("event 735");
        assertThat(announcer.history().get(499).text()).isEqualTo("event 1234");
    }

    @Test
    void aListenerThatFailsDisturbsNobody() {
        announcer.listen(event -> {
            throw new IllegalStateException("bad listener");
        });
        announcer.listen(event -> {
            throw new AssertionError("worse listener");
        });
        announcer.listen(heard::add);

        say("one");
        say("two");

        await().until(() -> heard.size() == 2);
        assertThat(heard).extracting(Event::text).containsExactly("one", "two");
    }

    @Test
    void aSlowListenerHoldsUpNobodyWhoTells() {
        CountDownLatch release = new CountDownLatch(1);
        announcer.listen(event -> awaitUnlessInterrupted(release));
        announcer.listen(heard::add);

        for (int i = 1; i <= 11_000; i++) {
            say("event " + i);
        }

        assertThat(announcer.history().get(499).text()).isEqualTo("event 11000");
        release.countDown();
        await().until(() -> heard.size() >= 10_000);
        assertThat(heard).as("what the queue did not hold was dropped").hasSizeBetween(10_000, 10_001);
        assertThat(heard.get(0).text()).isEqualTo("event 1");
    }

    @Test
    void tellsEverythingBeforeItIsClosed() {
        announcer.listen(heard::add);
        for (int i = 1; i <= 100; i++) {
            say("event " + i);
        }

        announcer.close();

        assertThat(heard).hasSize(100);
    }

    @Test
    void tellsTheRestEvenWhenAListenerSwallowsTheInterrupt() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        EventListener sleepy = event -> {
            if (event.text().equals("one")) {
                inside.countDown();
                awaitUnlessInterrupted(never);
            }
        };
        announcer.listen(sleepy);
        announcer.listen(heard::add);
        say("one");
        say("two");
        awaitUnlessInterrupted(inside);

        announcer.close();

        assertThat(heard).extracting(Event::text).containsExactly("one", "two");
    }

    @Test
    void whoWasForgottenHearsNoMore() {
        EventListener listener = heard::add;
        announcer.listen(listener);
        say("one");
        await().until(() -> heard.size() == 1);

        announcer.forget(listener);
        say("two");
        announcer.close();

        assertThat(heard).hasSize(1);
    }

    @Test
    void numbersEventsWithoutAGap() {
        say("one");
        say("two");

        assertThat(announcer.history()).extracting(Event::number).containsExactly(1L, 2L);
    }

    @Test
    void saysNoValueOfTheReplicasEnvironment() {
        say("gone; its last output:\nno db://me:hunter22@host, token hunter22, 1 of 11 is true");

        assertThat(announcer.history().get(0).text())
                .isEqualTo("gone; its last output:\nno ***, token ***, 1 of 11 is true");
    }

    @Test
    void countsDecisions() {
        announcer.accept(Note.general(Kind.SCALED, "1 -> 2").counted(Decision.SCALED_UP));
        announcer.accept(Note.general(Kind.SCALED, "2 -> 3").counted(Decision.SCALED_UP));
        say("no decision");

        assertThat(announcer.decisions()).hasSize(Decision.values().length);
        assertThat(announcer.decisions()).containsEntry(Decision.SCALED_UP, 2L).containsEntry(Decision.SCALED_DOWN, 0L);
    }

    private void say(String text) {
        announcer.accept(Note.general(Kind.SCALED, text));
    }

    private static void awaitUnlessInterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            assertThat(e).isNotNull(); // swallowed on purpose
        }
    }
}
