package io.symphony.bench;

import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** What the yardstick's backend answers, without asking it. */
final class OwnAnswer implements Function<ForwardRequest, CompletionStage<ForwardResponse>> {

    private static final byte[] BIG = new byte[10 * 1024];
    private static final byte[] SMALL = new byte[100];

    @Override
    public CompletionStage<ForwardResponse> apply(ForwardRequest request) {
        byte[] body = request.target().equals("/big") ? BIG : SMALL;
        List<Field> fields = List.of(
                new Field("Server", "backend"),
                new Field("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
                new Field("Content-Type", "application/json"),
                new Field("Content-Length", Integer.toString(body.length)),
                new Field("Via", "1.1 symphony"));
        return CompletableFuture.completedFuture(new ForwardResponse(200, fields, pieces(body)));
    }

    private static Flow.Publisher<List<ByteBuffer>> pieces(byte[] body) {
        BodyPublisher whole = BodyPublishers.ofByteArray(body);
        return reader -> whole.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription begun) {
                reader.onSubscribe(begun);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                reader.onNext(List.of(piece));
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
