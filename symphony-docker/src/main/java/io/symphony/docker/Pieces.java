package io.symphony.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of the daemon that comes piece by piece. Closing it before it has begun works, and a taker that throws
 * does not end it, unlike with docker-java's own.
 */
final class Pieces<T> implements ResultCallback<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Pieces.class);

    private final Consumer<T> taker;
    private final Runnable whenEnded;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Closeable stream;
    private boolean closed;
    private volatile @Nullable Throwable problem;

    Pieces(Consumer<T> taker) {
        this(taker, () -> {});
    }

    /** @param whenEnded done at its end, at least once */
    Pieces(Consumer<T> taker, Runnable whenEnded) {
        this.taker = taker;
        this.whenEnded = whenEnded;
    }

    /** False when it has not begun within the limit, or ended before it began. */
    boolean awaitStarted(Duration limit) throws InterruptedException {
        return started.await(limit.toNanos(), TimeUnit.NANOSECONDS) && (problem == null || stream != null);
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What ended it before its end. */
    Optional<Throwable> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void onStart(Closeable source) {
        synchronized (this) {
            stream = source;
            if (!closed) {
                started.countDown();
                return;
            }
        }
        quietly(source);
    }

    @Override
    public void onNext(T piece) {
        try {
            taker.accept(piece);
        } catch (RuntimeException e) {
            LOG.error("could not take {}", piece, e);
        }
    }

    @Override
    public void onError(Throwable throwable) {
        if (problem == null) {
            problem = throwable;
        }
        onComplete();
    }

    @Override
    public void onComplete() {
        whenEnded.run();
        started.countDown();
        ended.countDown();
    }

    @Override
    public void close() {
        Closeable open;
        synchronized (this) {
            closed = true;
            open = stream;
        }
        if (open != null) {
            quietly(open);
        }
        onComplete();
    }

    private static void quietly(Closeable source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("closing a stream", e);
        }
    }
}
