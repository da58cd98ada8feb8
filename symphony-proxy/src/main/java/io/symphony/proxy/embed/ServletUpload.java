package io.symphony.proxy.embed;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A request's body as a container has it: read without blocking, when the replica takes more. */
final class ServletUpload implements BodyPublisher, Flow.Subscription, ReadListener {

    private static final int PIECE_BYTES = 16 * 1024;

    private final ServletInputStream source;
    private final long length;
    private final Shift shift = new Shift(this::read);
    private final AtomicLong wanted = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> reader;
    private volatile boolean listening;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    private volatile boolean over;

    ServletUpload(ServletRequest request) throws IOException {
        source = request.getInputStream();
        length = request.getContentLengthLong();
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        reader = subscriber;
        subscriber.onSubscribe(this);
        source.setReadListener(this);
    }

    @Override
    public void request(long pieces) {
        wanted.addAndGet(pieces);
        shift.ask();
    }

    @Override
    public void onDataAvailable() {
        listening = true;
        shift.ask();
    }

    @Override
    public void onAllDataRead() {
        complete = true;
        shift.ask();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        shift.ask();
    }

    @Override
    public void cancel() {
        over = true;
    }

    private void read() {
        try {
            readWhatIsWanted();
        } catch (IOException | IllegalStateException e) { // the latter where the container has ended the request
            failure = e;
        }
        tellTheEnd();
    }

    /** Asks whether there is more only while that is wanted: the container calls again once it has said no. */
    private void readWhatIsWanted() throws IOException {
        while (listening && !isAtItsEnd() && wanted.get() > 0 && source.isReady()) {
            byte[] piece = new byte[PIECE_BYTES];
            int bytes = source.read(piece);
            if (bytes < 0) {
                complete = true;
            } else {
                wanted.decrementAndGet();
                reader().onNext(ByteBuffer.wrap(piece, 0, bytes));
            }
        }
    }

    private boolean isAtItsEnd() {
        return over || complete || failure != null;
    }

    private void tellTheEnd() {
        Throwable cause = failure;
        if (over || cause == null && !complete) {
            return;
        }
        over = true;
        if (cause == null) {
            reader().onComplete();
        } else {
            reader().onError(cause);
        }
    }

    private Flow.Subscriber<? super ByteBuffer> reader() {
        return Objects.requireNonNull(reader, "read before it was asked for");
    }
}
