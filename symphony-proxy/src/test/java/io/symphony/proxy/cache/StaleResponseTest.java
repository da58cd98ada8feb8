package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaleResponseTest {

    private final Story story = new Story();

    @ParameterizedTest
    @CsvSource({"3, reused", "9, reused", "11, validated"})
    void whileItIsRevalidatedAStaleResponseAnswersWithinItsWindow(int pause, String becomes) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1, stale-while-revalidate=9 & ETag: \"a\"", "body");

        assertThat(story.after(pause).ask("GET /a", "")).isEqualTo(becomes);
    }

    @Test
    void oneOfThoseWhoGetAStaleResponseHasItRefreshed() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1, stale-while-revalidate=9 & ETag: \"a\"", "old");
        story.after(2);

        Step.Serve first =
                (Step.Serve) story.visit("GET /a", "If-None-Match: \"x\"").next();
        Step.Serve second = (Step.Serve) story.visit("GET /a", "").next();

        assertThat(first.refresh()).isPresent();
        assertThat(second.refresh()).isEmpty();
        assertThat(first.answer().fields().joined("cache-status")).isEqualTo("symphony; hit; ttl=-1");
        Visit refresh = first.refresh().orElseThrow();
        assertThat(refresh.request().fields().joined("if-none-match")).isEqualTo("\"a\"");
        story.answer(refresh, 200, "Cache-Control: max-age=60", "new");
        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("new");
    }

    @ParameterizedTest
    @CsvSource({"stale-if-error=60, 404", "stale-if-error=3, 503", "stale=60, 503"})
    void withoutPermissionNothingStandsInForAReplica(String directive, int status) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=2, " + directive, "body");

        assertThat(story.after(6).fetch("GET /a", "", status, "", "")).isInstanceOf(Turn.Relay.class);
    }

    @ParameterizedTest
    @CsvSource({"must-revalidate", "proxy-revalidate", "s-maxage=2", "no-cache"})
    void noPermissionHoldsAgainstAnAuthorWhoForbidsIt(String directive) {
        String permissions = "max-age=2, stale-if-error=60, stale-while-revalidate=60, ";
        story.fetch("GET /a", "", 200, "ETag: \"a\" & Cache-Control: " + permissions + directive, "body");
        story.after(6);

        assertThat(story.ask("GET /a", "Cache-Control: max-stale")).isEqualTo("validated");
        assertThat(story.fetch("GET /a", "", 503, "", "")).isInstanceOf(Turn.Relay.class);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void withPermissionAStaleResponseStandsInForAnError(int status) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=2, stale-if-error=60", "body");

        Turn turn = story.after(3).fetch("GET /a", "", status, "", "sorry");

        Answer answer = ((Turn.Serve) turn).answer();
        assertThat(Story.text(answer)).isEqualTo("body");
        assertThat(answer.fields().joined("cache-status"))
                .isEqualTo("symphony; hit; ttl=-1; detail=stale-if-error; fwd-status=" + status);
    }

    @Test
    void soItDoesForAReplicaThatDoesNotAnswer() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=2, stale-if-error=60", "body");
        Visit visit = story.after(3).visit("GET /a", "");
        visit.next();

        assertThat(visit.failed()).map(Story::text).contains("body");
        Visit other = story.visit("GET /b", "");
        other.next();
        assertThat(other.failed()).isEmpty();
    }

    @Test
    void aClientMayPermitIt() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=2", "body");
        story.after(3);

        assertThat(story.fetch("GET /a", "Cache-Control: stale-if-error=9", 503, "", ""))
                .isInstanceOf(Turn.Serve.class);
    }
}
