package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitTest {

    private final Story story = new Story();

    @Test
    void aHitIsTheResponseAtItsAge() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=60 & Age: 10 & Date: @0 & X-A: b", "body");

        Answer answer = story.after(5).reuse("GET /a", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.reason()).isEqualTo("Reason");
        assertThat(answer.fields().first("x-a")).contains("b");
        assertThat(answer.fields().joined("age")).isEqualTo("15");
        assertThat(answer.fields().first("date"))
                .isEqualTo(story.after(-5).fields("Date: @0").first("date"));
        assertThat(answer.fields().first("content-length")).contains("4");
        assertThat(answer.fields().first("cache-status")).contains("symphony; hit; ttl=45");
        assertThat(Story.text(answer)).isEqualTo("body");
    }

    @Test
    void whatBelongsToTheConnectionIsNotKept() {
        story.fetch(
                "GET /a",
                "",
                200,
                "Cache-Control: max-age=60 & Connection: close & Transfer-Encoding: chunked & Trailer: X & X-A: b",
                "body");

        Answer answer = story.reuse("GET /a", "");

        assertThat(answer.fields().names())
                .containsExactlyInAnyOrder("cache-control", "x-a", "age", "cache-status", "content-length");
    }

    @Test
    void aHeadIsAnsweredFromWhatAGetBroughtAndBringsNothing() {
        story.fetch("HEAD /a", "", 200, "Cache-Control: max-age=60", "");
        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=60", "body");

        Answer answer = story.reuse("HEAD /a", "");

        assertThat(answer.fields().first("content-length")).contains("4");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ETag: \"b\", asked", "Content-Length: 5, asked", "ETag: \"a\", reused"})
    void aHeadThatTellsOfAnotherRepresentationEndsTheOldOne(String field, String becomes) {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=60 & ETag: \"a\" & Content-Length: 4", "body");

        story.fetch("HEAD /a", "Cache-Control: no-cache", 200, field, "");

        assertThat(story.ask("GET /a", "")).isEqualTo(becomes);
    }

    @Test
    void differentTargetsAndHostsHaveDifferentResponses() {
        story.fetch("GET /a?b=1", "", 200, "Cache-Control: max-age=60", "one");

        assertThat(story.ask("GET /a?b=2", "")).isEqualTo("asked");
        assertThat(story.ask("GET /a?b=1", "")).isEqualTo("reused");
        CacheRequest elsewhere = new CacheRequest("GET", "http://example.com", "/a?b=1", Fields.NONE);
        assertThat(story.cache().visit(elsewhere).next()).isInstanceOf(Step.Ask.class);
        CacheRequest same = new CacheRequest("GET", "HTTP://Example.ORG", "/a?b=1", Fields.NONE);
        assertThat(story.cache().visit(same).next()).isInstanceOf(Step.Serve.class);
    }

    @Test
    void eachVariantIsKept() {
        String response = "Cache-Control: max-age=60 & Vary: Foo";
        story.fetch("GET /a", "Foo: 1", 200, response, "one");
        story.fetch("GET /a", "Foo: 2", 200, response, "two");

        assertThat(Story.text(story.reuse("GET /a", "Foo: 1"))).isEqualTo("one");
        assertThat(Story.text(story.reuse("GET /a", "Foo: 2"))).isEqualTo("two");
        assertThat(story.ask("GET /a", "Foo: 3")).isEqualTo("asked");
    }

    @Test
    void aResourceHasABoundOfVariants() {
        for (int i = 0; i < 40; i++) {
            story.fetch("GET /a", "Foo: " + i, 200, "Cache-Control: max-age=60 & Vary: Foo", "body");
        }

        assertThat(story.ask("GET /a", "Foo: 39")).isEqualTo("reused");
        assertThat(story.ask("GET /a", "Foo: 0")).isEqualTo("asked");
    }

    @Test
    void whatEachRequestWasIsCounted() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1, stale-if-error=60 & ETag: \"a\"", "");
        story.reuse("GET /a", "");
        story.fetch("GET /a", "Range: bytes=0-1", 206, "", "");
        story.after(2).fetch("GET /a", "", 503, "", "");
        story.fetch("GET /a", "", 304, "", "");
        story.fetch("POST /a", "", 200, "", "");

        assertThat(story.cache().count(CacheResult.MISS)).isEqualTo(1);
        assertThat(story.cache().count(CacheResult.HIT)).isEqualTo(1);
        assertThat(story.cache().count(CacheResult.BYPASS)).isEqualTo(1);
        assertThat(story.cache().count(CacheResult.STALE)).isEqualTo(1);
        assertThat(story.cache().count(CacheResult.REVALIDATED)).isEqualTo(1);
    }

    @Test
    void otherMethodsAreNoneOfItsBusiness() {
        assertThat(story.fetch("OPTIONS /a", "", 200, "Cache-Control: max-age=60", ""))
                .isEqualTo(new Turn.Relay(Optional.empty(), Optional.empty()));
        assertThat(story.cache().count(CacheResult.BYPASS)).isZero();
    }

    @Test
    void aCacheOfNothingIsRefused() {
        assertThatThrownBy(() -> new Cache(1_000, Duration.ofSeconds(5)))
                .hasMessage("bytes: 1000 (expected: >= 65536)");
    }
}
