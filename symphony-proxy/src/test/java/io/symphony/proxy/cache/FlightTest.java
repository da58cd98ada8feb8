package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FlightTest {

    private final Story story = new Story();

    @Test
    void whoMissesWaitsForTheOneWhoMissedBefore() {
        Visit first = story.visit("GET /a", "");
        first.next();
        Visit second = story.visit("GET /a", "");
        CompletableFuture<Void> landing = ((Step.Wait) second.next()).landing();

        assertThat(landing).isNotDone();
        story.answer(first, 200, "Cache-Control: max-age=60", "body");

        assertThat(landing).isDone();
        Answer answer = ((Step.Serve) second.next()).answer();
        assertThat(Story.text(answer)).isEqualTo("body");
        assertThat(answer.fields().joined("cache-status")).isEqualTo("symphony; fwd=uri-miss; collapsed");
    }

    @Test
    void nobodyWaitsForContentThatWillNotBeKept() {
        Visit first = story.visit("GET /a", "");
        first.next();
        Visit second = story.visit("GET /a", "");
        CompletableFuture<Void> landing = ((Step.Wait) second.next()).landing();

        first.answered(200, "OK", story.fields("Cache-Control: no-store"));

        assertThat(landing).isDone();
        assertThat(second.next()).isInstanceOf(Step.Ask.class);
        assertThat(story.visit("GET /a", "").next()).isInstanceOf(Step.Ask.class);
    }

    @Test
    void nobodyWaitsWhereTheLastResponseCouldNotBeKeptForAMinute() {
        story.fetch("GET /a", "", 200, "Cache-Control: no-store", "");
        story.visit("GET /a", "").next();
        assertThat(story.ask("GET /a", "")).isEqualTo("asked");

        story.after(61).visit("GET /a", "").next();
        assertThat(story.ask("GET /a", "")).isEqualTo("waits");
    }

    @Test
    void nobodyWaitsForWhatMustBeAskedAboutEachTime() {
        story.fetch("GET /a", "", 200, "Cache-Control: no-cache & ETag: \"a\"", "");
        story.visit("GET /a", "").next();

        assertThat(story.ask("GET /a", "")).isEqualTo("validated");
    }

    @Test
    void nobodyWaitsForThoseWhoAskForThemselves() {
        story.visit("GET /a", "Authorization: me").next();
        story.visit("GET /a", "If-None-Match: \"a\"").next();
        story.visit("HEAD /a", "").next();

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }

    @Test
    void whoWaitedInVainGoesAloneAndOthersDoNotWaitForIt() {
        Visit first = story.visit("GET /a", "");
        first.next();
        Visit second = story.visit("GET /a", "");
        Visit third = story.visit("GET /a", "");
        second.next();
        third.next();

        first.end();

        assertThat(second.next()).isInstanceOf(Step.Ask.class);
        assertThat(third.next()).isInstanceOf(Step.Ask.class);
    }

    @Test
    void aFlightThatTakesTooLongIsWaitedForNoMore() {
        Visit first = story.visit("GET /a", "");
        first.next();

        assertThat(story.after(59).ask("GET /a", "")).isEqualTo("waits");
        assertThat(story.after(1).ask("GET /a", "")).isEqualTo("asked");
        story.answer(first, 200, "Cache-Control: max-age=600", "late");
        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("late");
    }

    @Test
    void whoMissedWhileTheAnswerCameLooksAgain() {
        Visit first = story.visit("GET /a", "");
        first.next();
        story.betweenLookAndDecision(() -> story.answer(first, 200, "Cache-Control: max-age=60", "body"));

        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("body");
    }

    @Test
    void whoFoundAStaleOneWhileItWasRefreshedDoesNotRefreshItAgain() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1, stale-while-revalidate=60", "old");
        story.after(2);
        Visit refresh = refreshOf(story.visit("GET /a", "").next()).orElseThrow();
        refresh.next();
        story.betweenLookAndDecision(() -> story.answer(refresh, 200, "Cache-Control: max-age=60", "new"));

        assertThat(refreshOf(story.visit("GET /a", "").next())).isEmpty();
        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("new");
    }

    private static Optional<Visit> refreshOf(Step step) {
        return ((Step.Serve) step).refresh();
    }
}
