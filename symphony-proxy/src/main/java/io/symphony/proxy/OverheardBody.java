package io.symphony.proxy;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A body of a request with an idempotency key, which hears what its replica gets. */
final class OverheardBody implements BodyPublisher {

    private final BodyPublisher body;
    private final boolean kept;
    private final FirstRequest listener;

    OverheardBody(BodyPublisher body, boolean kept, FirstRequest listener) {
        this.body = body;
        this.kept = kept;
        this.listener = listener;
    }

    /** Whether it can be had more than once. */
    boolean isKept() {
        return kept;
    }

    FirstRequest listener() {
        return listener;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        listener.begin();
        body.subscribe(new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription begun) {
                reader.onSubscribe(begun);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                listener.read(piece.duplicate());
                reader.onNext(piece);
            }

            @Override
            public void onError(Throwable cause) {
                reader.onError(cause);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
    }
}
