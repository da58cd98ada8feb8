package io.symphony.proxy;

import io.symphony.proxy.cache.Recording;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** A body that the cache hears of while somebody reads it. */
final class RecordedBody implements Flow.Publisher<List<ByteBuffer>> {

    private final Flow.Publisher<List<ByteBuffer>> body;
    private final Recording into;

    RecordedBody(Flow.Publisher<List<ByteBuffer>> body, Recording into) {
        this.body = body;
        this.into = into;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> reader) {
        body.subscribe(new Listening(reader));
    }

    /** Stands between the body and its reader. The reader may cancel on another thread than the body comes on. */
    private final class Listening implements Flow.Subscriber<List<ByteBuffer>> {

        private final Flow.Subscriber<? super List<ByteBuffer>> reader;

        Listening(Flow.Subscriber<? super List<ByteBuffer>> reader) {
            this.reader = reader;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long pieces) {
                    subscription.request(pieces);
                }

                @Override
                public void cancel() {
                    giveUp();
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            synchronized (into) {
                pieces.forEach(piece -> into.add(piece.duplicate()));
            }
            reader.onNext(pieces);
        }

        @Override
        public void onError(Throwable cause) {
            giveUp();
            reader.onError(cause);
        }

        @Override
        public void onComplete() {
            synchronized (into) {
                into.complete();
            }
            reader.onComplete();
        }

        private void giveUp() {
            synchronized (into) {
                into.giveUp();
            }
        }
    }
}
