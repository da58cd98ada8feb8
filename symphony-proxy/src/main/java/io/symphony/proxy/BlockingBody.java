package io.symphony.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request's body in a stream that blocks. A thread that may wait reads each piece when the replica takes it. */
record BlockingBody(InputStream source, long contentLength, Executor readers) implements BodyPublisher {

    private static final int PIECE_BYTES = 16 * 1024;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    private final class Reading implements Flow.Subscription {

        private final Flow.Subscriber<? super ByteBuffer> reader;
        private final AtomicBoolean over = new AtomicBoolean();

        Reading(Flow.Subscriber<? super ByteBuffer> reader) {
            this.reader = reader;
        }

        /** A forwarder asks for one piece after another, so two threads never read at once. */
        @Override
        public void request(long pieces) {
            if (!over.get()) {
                readers.execute(this::read);
            }
        }

        @Override
        public void cancel() {
            over.set(true);
        }

        private void read() {
            try {
                byte[] piece = new byte[PIECE_BYTES];
                int bytes = source.read(piece);
                if (bytes >= 0 && !over.get()) {
                    reader.onNext(ByteBuffer.wrap(piece, 0, bytes));
                } else if (over.compareAndSet(false, true)) {
                    reader.onComplete();
                }
            } catch (IOException e) {
                if (over.compareAndSet(false, true)) {
                    reader.onError(e);
                }
            }
        }
    }
}
