package io.symphony.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ErrorDetail;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An image on its way into the daemon. It may take as long as it gets on; one that stands still for too long is given
 * up. Several may wait for it, and those who leave do not end it for the others.
 */
final class Transfer<T extends ResponseItem> implements AutoCloseable {

    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final long KILOBYTE = 1_000;

    private final Ticker ticker = Ticker.system();
    private final Pieces<T> pieces = new Pieces<>(this::take, this::ended);
    private final String what;
    private final Consumer<String> progress;
    private volatile long movedNanos = ticker.nanos();
    private volatile @Nullable String error;
    private volatile Runnable whenEnded = () -> {};

    /** @param what completes the sentence "cannot ..." */
    Transfer(String what, Consumer<String> progress) {
        this.what = what;
        this.progress = progress;
    }

    String what() {
        return what;
    }

    Pieces<T> pieces() {
        return pieces;
    }

    void onEnd(Runnable action) {
        whenEnded = action;
    }

    /** Waits for its end. */
    void await() throws RuntimeFailure, InterruptedException {
        while (!pieces.awaitEnd(LOOK)) {
            if (ticker.nanos() - movedNanos > STANDSTILL.toNanos()) {
                close();
                throw new RuntimeFailure("cannot " + what + ": nothing has moved for " + STANDSTILL.toSeconds() + " s");
            }
        }
        if (error != null) {
            throw new RuntimeFailure("cannot " + what + ": " + error);
        }
        Optional<Throwable> problem = pieces.problem();
        if (problem.isPresent()) {
            throw new RuntimeFailure("cannot " + what + ": " + words(problem.get()), problem.get());
        }
    }

    /** Waits for its end, and ends it when the wait is ended. */
    void awaitAlone() throws RuntimeFailure, InterruptedException {
        try {
            await();
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        pieces.close();
    }

    private void ended() {
        whenEnded.run();
    }

    private void take(T item) {
        movedNanos = ticker.nanos();
        ErrorDetail detail = item.getErrorDetail();
        if (detail != null && detail.getMessage() != null) {
            error = detail.getMessage();
            return;
        }
        String text = text(item);
        if (!text.isEmpty()) {
            progress.accept(text);
        }
    }

    private static String text(ResponseItem item) {
        String text = item.getStream() != null ? item.getStream() : item.getStatus();
        String layer = item.getId() == null ? "" : item.getId() + ": ";
        return text == null || text.isBlank() ? "" : layer + text.strip() + bar(item);
    }

    private static String bar(ResponseItem item) {
        ProgressDetail detail = item.getProgressDetail();
        boolean known = detail != null && detail.getCurrent() != null && detail.getTotal() != null;
        return known ? " " + detail.getCurrent() / KILOBYTE + " of " + detail.getTotal() / KILOBYTE + " kB" : "";
    }

    private static String words(Throwable problem) {
        return problem instanceof DockerException answer ? DaemonFailure.message(answer) : String.valueOf(problem);
    }
}
