package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PiecesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> taken = new ArrayList<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Closeable stream = () -> open.set(false);

    /** The request goes out on another thread, so the answer may begin when nobody wants it any more. */
    @Test
    void whatIsClosedBeforeItBeginsIsClosedOnceItBegins() throws Exception {
        Pieces<String> pieces = new Pieces<>(taken::add);

        pieces.close();
        pieces.onStart(stream);

        assertThat(open).isFalse();
        assertThat(pieces.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void aTakerThatThrowsGetsTheNextPiece() {
        Pieces<String> pieces = new Pieces<>(piece -> {
            taken.add(piece);
            throw new IllegalStateException(piece);
        });
        pieces.onStart(stream);

        pieces.onNext("one");
        pieces.onNext("two");

        assertThat(taken).containsExactly("one", "two");
        assertThat(open).isTrue();
    }

    @Test
    void whatFailsBeforeItBeginsHasNotBegun() throws Exception {
        Pieces<String> pieces = new Pieces<>(taken::add);
        IOException refused = new IOException("refused");

        pieces.onError(refused);

        assertThat(pieces.awaitStarted(PATIENCE)).isFalse();
        assertThat(pieces.problem()).contains(refused);
    }

    /** docker-java follows each error with an end. */
    @Test
    void theFirstProblemIsTheOneThatIsTold() throws Exception {
        Pieces<String> pieces = new Pieces<>(taken::add);
        pieces.onStart(stream);
        IOException cut = new IOException("cut");

        pieces.onError(cut);
        pieces.onError(new IOException("closed"));
        pieces.onComplete();

        assertThat(pieces.awaitStarted(PATIENCE)).isTrue();
        assertThat(pieces.awaitEnd(PATIENCE)).isTrue();
        assertThat(pieces.problem()).contains(cut);
    }
}
