package io.symphony.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** A body that is there already, in one piece. */
final class SinglePiece implements Flow.Publisher<List<ByteBuffer>> {

    private final byte[] content;

    SinglePiece(byte[] content) {
        this.content = content;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> reader) {
        reader.onSubscribe(new Flow.Subscription() {
            private boolean told;

            @Override
            public void request(long pieces) {
                if (!told) {
                    told = true;
                    reader.onNext(List.of(ByteBuffer.wrap(content)));
                    reader.onComplete();
                }
            }

            @Override
            public void cancel() {
                told = true;
            }
        });
    }
}
