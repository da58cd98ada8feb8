package io.symphony.proxy.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.hc.core5.http.ContentType;
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

/** One request and its answer, on HttpCore's terms: bytes go out as the client takes them, and nothing waits for it. */
final class Visit implements AsyncServerExchangeHandler {

    /** No order has a body; what comes all the same is read over, up to this. */
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final Function<Call, Answer> pages;
    private final Streams streams;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private int bodyBytes;
    private @Nullable Feed feed;
    private volatile @Nullable DataStreamChannel channel;
    private volatile boolean pulseDue;

    Visit(Function<Call, Answer> pages, Streams streams) {
        this.pages = pages;
        this.streams = streams;
    }

    @Override
    public void handleRequest(
            HttpRequest request, @Nullable EntityDetails entity, ResponseChannel response, HttpContext context)
            throws HttpException, IOException {
        Answer answer = pages.apply(new Call(request));
        if (answer instanceof Feed && !request.getMethod().equals("HEAD") && !streams.join(this, context)) {
            answer = Reply.refused(503, "streams: " + Streams.MOST + " are open, which is the limit")
                    .with("Retry-After", "10");
        }
        if (answer instanceof Reply reply) {
            send(reply, response, context);
        } else {
            feed = (Feed) answer;
            open(response, context);
        }
    }

    private void send(Reply reply, ResponseChannel channel, HttpContext context) throws HttpException, IOException {
        HttpResponse head = new BasicHttpResponse(reply.status());
        Fields.common(head);
        reply.fields().forEach(head::setHeader);
        pending = reply.body().duplicate();
        channel.sendResponse(head, new BasicEntityDetails(reply.body().remaining(), type(reply.mediaType())), context);
    }

    private static void open(ResponseChannel channel, HttpContext context) throws HttpException, IOException {
        HttpResponse head = new BasicHttpResponse(200);
        Fields.common(head);
        channel.sendResponse(head, new BasicEntityDetails(-1, type("text/event-stream")), context);
    }

    private static ContentType type(String mediaType) {
        return ContentType.parse(mediaType);
    }

    /** There may be something new for this stream. Any thread may call it. */
    void wake() {
        DataStreamChannel open = channel;
        if (open != null) {
            open.requestOutput();
        }
    }

    /** As {@link #wake()}, and where there is nothing new, a sign of life is sent. */
    void pulse() {
        pulseDue = true;
        wake();
    }

    @Override
    public int available() {
        refill();
        return pending.remaining();
    }

    private void refill() {
        if (feed != null && !pending.hasRemaining()) {
            String next = feed.next();
            if (next.isEmpty() && pulseDue) {
                next = feed.pulse();
            }
            pulseDue = false;
            pending = ByteBuffer.wrap(next.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void produce(DataStreamChannel output) throws IOException {
        channel = output;
        refill();
        if (pending.hasRemaining()) {
            output.write(pending);
        }
        if (feed == null && !pending.hasRemaining()) {
            output.endStream();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(MOST_BODY_BYTES);
    }

    @Override
    public void consume(ByteBuffer body) throws IOException {
        bodyBytes += body.remaining();
        body.position(body.limit());
        if (bodyBytes > MOST_BODY_BYTES) {
            throw new IOException("body: " + bodyBytes + " bytes (expected: none)");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        // The answer does not depend on the body.
    }

    @Override
    public void failed(Exception cause) {
        releaseResources();
    }

    @Override
    public void releaseResources() {
        streams.leave(this);
    }

    static java.net.SocketAddress client(HttpContext context) {
        return HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress();
    }
}
