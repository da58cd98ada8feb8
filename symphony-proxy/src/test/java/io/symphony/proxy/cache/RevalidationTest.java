package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevalidationTest {

    private final Story story = new Story();

    @Test
    void aStaleResponseIsAskedAboutWithAllItsValidators() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1 & ETag: W/\"a\" & Last-Modified: yesterday", "body");

        Visit visit = story.after(2).visit("GET /a", "If-None-Match: \"own\"");

        assertThat(visit.next()).isInstanceOf(Step.Ask.class);
        assertThat(visit.question().toString()).isEqualTo("If-None-Match: W/\"a\"; If-Modified-Since: yesterday");
    }

    @Test
    void whatStillHoldsIsAnsweredWithTheFieldsThatCameWithThat() {
        story.fetch(
                "GET /a",
                "",
                200,
                "Cache-Control: max-age=1 & ETag: \"a\" & Age: 1 & X-A: old & X-B: old & Content-Encoding: br",
                "body");
        story.after(2);
        Visit visit = story.visit("GET /a", "");
        visit.next();

        Turn turn = story.answer(
                visit,
                304,
                "Cache-Control: max-age=60 & ETag: \"a\" & X-A: new & Content-Length: 0 & Content-Encoding: gzip",
                "");

        Answer answer = ((Turn.Serve) turn).answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Story.text(answer)).isEqualTo("body");
        assertThat(answer.fields().joined("x-a")).isEqualTo("new");
        assertThat(answer.fields().joined("x-b")).isEqualTo("old");
        assertThat(answer.fields().joined("content-encoding")).isEqualTo("br");
        assertThat(answer.fields().joined("content-length")).isEqualTo("4");
        assertThat(answer.fields().joined("age")).isEqualTo("0");
        assertThat(answer.fields().joined("cache-status")).isEqualTo("symphony; fwd=stale; fwd-status=304; stored");
        assertThat(story.after(50).reuse("GET /a", "").fields().joined("x-a")).isEqualTo("new");
    }

    @Test
    void aClientThatHasWhatStillHoldsGetsItsOwn304() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1 & Last-Modified: @-3000 & Date: @0", "body");
        String since = "If-Modified-Since: @-3000";
        Visit visit = story.visit("GET /a", since);
        story.after(2);
        visit.next();

        Turn turn = story.answer(visit, 304, "", "");

        assertThat(((Turn.Serve) turn).answer().status()).isEqualTo(304);
    }

    @Test
    void a304WithAnotherTagIsNoNewsOfThisResponse() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1 & ETag: \"a\"", "body");
        story.after(2);
        Visit visit = story.visit("GET /a", "");
        visit.next();

        story.answer(visit, 304, "Cache-Control: max-age=60 & ETag: \"b\"", "");

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }

    @Test
    void anotherResponseTakesThePlaceOfTheStaleOne() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1 & ETag: \"a\"", "old");
        story.after(2).fetch("GET /a", "", 200, "Cache-Control: max-age=60 & ETag: \"b\"", "new");

        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("new");
    }

    @Test
    void aResponseThatMayNotBeKeptEndsTheStaleOne() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=1 & ETag: \"a\"", "old");
        story.after(2).fetch("GET /a", "", 200, "Cache-Control: no-store", "new");

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }

    @Test
    void aClientsOwn304IsNotKept() {
        story.fetch("GET /a", "If-None-Match: \"a\"", 304, "Cache-Control: max-age=60 & ETag: \"a\"", "");

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }

    @Test
    void aResponseThatWasOnItsWayDuringAChangeIsNotKept() {
        Visit slow = story.visit("GET /a", "");
        slow.next();
        story.fetch("PUT /a", "", 204, "", "");

        story.answer(slow, 200, "Cache-Control: max-age=60", "from before");

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
    }

    @Test
    void clearForgetsWhatIsHereAndWhatIsOnItsWay() {
        story.fetch("GET /a", "", 200, "Cache-Control: max-age=60", "body");
        Visit slow = story.visit("GET /b", "");
        slow.next();

        story.cache().clear();
        story.answer(slow, 200, "Cache-Control: max-age=60", "body");

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
        assertThat(story.ask("GET /b", "")).isEqualTo("asked");
    }
}
