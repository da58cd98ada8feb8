package io.symphony.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private final Story story = new Story();

    @Test
    void contentIsRecordedInPieces() {
        Visit visit = story.visit("GET /a", "");
        visit.next();
        Recording recording = recording(visit, "Cache-Control: max-age=60");
        for (int i = 0; i < 1_000; i++) {
            recording.add(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
        }
        recording.complete();

        assertThat(Story.text(story.reuse("GET /a", ""))).isEqualTo("abc".repeat(1_000));
        assertThat(story.cache().room().takenBytes()).isZero();
    }

    @Test
    void contentThatBreaksOffIsNotKept() {
        Visit visit = story.visit("GET /a", "");
        visit.next();
        recording(visit, "Cache-Control: max-age=60").add(ByteBuffer.wrap(new byte[10]));

        visit.end();

        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
        assertThat(story.cache().room().takenBytes()).isZero();
    }

    @Test
    void contentBeyondAnEighthIsNotKeptAndNobodyWaitsForIt() {
        Visit visit = story.visit("GET /a", "");
        visit.next();
        CompletableFuture<Void> landing = ((Step.Wait) story.visit("GET /a", "").next()).landing();
        Recording recording = recording(visit, "Cache-Control: max-age=60");

        recording.add(ByteBuffer.wrap(new byte[125_000]));
        assertThat(landing).isNotDone();
        recording.add(ByteBuffer.wrap(new byte[1]));
        assertThat(landing).isDone();
        recording.complete();

        story.visit("GET /a", "").next();
        assertThat(story.ask("GET /a", "")).isEqualTo("asked");
        assertThat(story.fetch("GET /b", "", 200, "Cache-Control: max-age=60 & Content-Length: 125001", ""))
                .isEqualTo(new Turn.Relay(Optional.of("symphony; fwd=uri-miss"), Optional.empty()));
    }

    @Test
    void allRecordingsTogetherHaveABound() {
        for (int i = 0; i < 2; i++) {
            Visit visit = story.visit("GET /" + i, "");
            visit.next();
            recording(visit, "Cache-Control: max-age=60").add(ByteBuffer.wrap(new byte[125_000]));
        }

        story.fetch("GET /one-more", "", 200, "Cache-Control: max-age=60", "body");

        assertThat(story.ask("GET /one-more", "")).isEqualTo("asked");
        assertThat(story.cache().room().takenBytes()).isEqualTo(250_000);
    }

    private Recording recording(Visit visit, String response) {
        Turn.Relay relay = (Turn.Relay) visit.answered(200, "OK", story.fields(response));
        return relay.recording().orElseThrow();
    }
}
