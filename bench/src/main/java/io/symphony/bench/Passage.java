package io.symphony.bench;

import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import io.symphony.proxy.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through HttpCore's server. The head of an answer waits for the first piece of its body, so
 * that both leave in one write, as in nginx.
 */
final class Passage implements AsyncServerExchangeHandler, Flow.Subscriber<List<ByteBuffer>> {

    private static final EntityDetails BODY = new BasicEntityDetails(-1, null);
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    private final Function<ForwardRequest, CompletionStage<ForwardResponse>> answers;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile @Nullable DataStreamChannel output;
    private @Nullable ForwardRequest request;
    private @Nullable ResponseChannel client;
    private @Nullable HttpContext context;
    private @Nullable HttpResponse head;
    private Flow.@Nullable Subscription subscription;
    private @Nullable CompletableFuture<ForwardResponse> answer;
    private boolean over;

    Passage(Function<ForwardRequest, CompletionStage<ForwardResponse>> answers) {
        this.answers = answers;
    }

    @Override
    public void handleRequest(
            HttpRequest came, @Nullable EntityDetails body, ResponseChannel channel, HttpContext over) {
        client = channel;
        context = over;
        List<Field> fields = new ArrayList<>();
        for (Header header : came.getHeaders()) {
            fields.add(new Field(header.getName(), header.getValue()));
        }
        request = ForwardRequest.of(came.getMethod(), came.getPath())
                .withFields(fields)
                .from(origin(over));
        if (body == null) {
            forward(request);
        }
    }

    private static Origin origin(HttpContext context) {
        EndpointDetails ends = HttpCoreContext.cast(context).getEndpointDetails();
        return new Origin(
                (InetSocketAddress) ends.getRemoteAddress(), (InetSocketAddress) ends.getLocalAddress(), "http");
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(MOST_BODY_BYTES);
    }

    @Override
    public void consume(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        received.writeBytes(bytes);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        forward(Objects.requireNonNull(request).withBody(received.toByteArray()));
    }

    private void forward(ForwardRequest whole) {
        answer = answers.apply(whole).toCompletableFuture();
        var unused = answer.thenAccept(this::answered);
    }

    private void answered(ForwardResponse response) {
        head = new BasicHttpResponse(response.status());
        for (Field field : response.fields()) {
            head.addHeader(field.name(), field.value());
        }
        response.body().subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        pieces.addAll(more);
        goOn();
    }

    @Override
    public void onComplete() {
        ended = true;
        goOn();
    }

    private void goOn() {
        DataStreamChannel open = output;
        try {
            if (open != null) {
                produce(open);
            } else if (head != null) {
                send(head);
            }
        } catch (IOException | HttpException gone) {
            onError(gone);
        }
    }

    private void send(HttpResponse first) throws IOException, HttpException {
        head = null;
        boolean empty = ended && pieces.isEmpty();
        over = empty;
        Objects.requireNonNull(client).sendResponse(first, empty ? null : BODY, Objects.requireNonNull(context));
    }

    @Override
    public void onError(Throwable cause) {
        Objects.requireNonNull(client).terminateExchange();
    }

    @Override
    public int available() {
        return pieces.isEmpty() && !ended ? 0 : 1;
    }

    /** Either side's thread may come here. */
    @Override
    public synchronized void produce(DataStreamChannel to) throws IOException {
        output = to;
        for (ByteBuffer piece = pieces.peek(); piece != null; piece = pieces.peek()) {
            to.write(piece);
            if (piece.hasRemaining()) {
                return;
            }
            pieces.remove();
            Objects.requireNonNull(subscription).request(1);
        }
        if (ended && !over) {
            over = true;
            to.endStream(null);
        }
    }

    @Override
    public void failed(Exception cause) {
        releaseResources();
    }

    @Override
    public void releaseResources() {
        if (answer != null) {
            answer.cancel(false);
        }
    }
}
