package io.symphony.proxy.embed;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A request's body as a container has it: read without blocking, when the replica takes more. */
final class ServletUpload implements BodyPublisher, Flow.Subscription, ReadListener {

    private static final int PIECE_BYTES = 16 * 1024;

    private final ServletInputStream source;
    private final long length;
    private Flow.@Nullable Subscriber<? super ByteBuffer> reader;
    private long wanted;
    private boolean listening;
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
    public synchronized void request(long pieces) {
        wanted += pieces;
        if (listening) {
            read();
        }
    }

    @Override
    public synchronized void onDataAvailable() {
        listening = true;
        read();
    }

    /** Asks whether there is more only while that is wanted: the container calls again once it has said no. */
    private void read() {
        try {
            while (wanted > 0 && !over && source.isReady()) {
                byte[] piece = new byte[PIECE_BYTES];
                int bytes = source.read(piece);
                if (bytes < 0) {
                    onAllDataRead();
                } else {
                    wanted--;
                    reader().onNext(ByteBuffer.wrap(piece, 0, bytes));
                }
            }
        } catch (IOException e) {
            onError(e);
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        if (!over) {
            over = true;
            reader().onComplete();
        }
    }

    @Override
    public synchronized void onError(Throwable cause) {
        if (!over) {
            over = true;
            reader().onError(cause);
        }
    }

    @Override
    public void cancel() {
        over = true;
    }

    private Flow.Subscriber<? super ByteBuffer> reader() {
        return Objects.requireNonNull(reader, "read before it was asked for");
    }
}
