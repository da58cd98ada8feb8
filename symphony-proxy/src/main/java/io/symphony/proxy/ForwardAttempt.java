package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** One sending of a request over one connection, and the response to it. HttpCore calls it on the connection's thread. */
final class ForwardAttempt implements AsyncClientExchangeHandler {

    /** How long a body is stands in the head already. */
    private static final EntityDetails BODY = new BasicEntityDetails(-1, null);

    private final Forwarding owner;
    private final ForwardPool pool;
    private final HttpRequest request;
    private final @Nullable BodySource source;
    private final BodySink sink;
    private @Nullable Future<?> step;
    private @Nullable AsyncConnectionEndpoint connection;
    private boolean settled;
    private volatile boolean used;
    private volatile boolean left;
    private volatile boolean heard;

    ForwardAttempt(Forwarding owner, ForwardPool pool, HttpRequest request, @Nullable BodySource source) {
        this.owner = owner;
        this.pool = pool;
        this.request = request;
        this.source = source;
        sink = new BodySink(owner);
    }

    boolean hasHeard() {
        return heard;
    }

    BodySink sink() {
        return sink;
    }

    /** Sends over a pooled connection where there is one. */
    void send(Endpoint replica) {
        go(pool.lease(replica, then(this::leased)));
    }

    /** Sends over a new connection, since a pooled one was stale. */
    void sendAfresh(Endpoint replica) {
        go(pool.lease(replica, then(open -> {
            open.close(CloseMode.IMMEDIATE);
            leased(open);
        })));
    }

    private void leased(AsyncConnectionEndpoint open) {
        if (!take(open)) {
            pool.release(open);
            return;
        }
        used = open.isConnected();
        if (used) {
            pool.execute(open, this);
        } else {
            go(pool.connect(open, then(made -> pool.execute(made, this))));
        }
    }

    private synchronized boolean take(AsyncConnectionEndpoint open) {
        connection = settled ? null : open;
        return !settled;
    }

    private synchronized void go(Future<?> next) {
        if (settled) {
            next.cancel(true);
        } else {
            step = next;
        }
    }

    private <T> FutureCallback<T> then(Consumer<T> next) {
        return new FutureCallback<>() {
            @Override
            public void completed(T result) {
                next.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                ForwardAttempt.this.failed(cause);
            }

            @Override
            public void cancelled() {
                ForwardAttempt.this.cancel();
            }
        };
    }

    /** Whether this call ended the attempt; the connection is then of no more use. */
    private boolean settle() {
        AsyncConnectionEndpoint lost;
        Future<?> unfinished;
        synchronized (this) {
            if (settled) {
                return false;
            }
            settled = true;
            lost = connection;
            unfinished = step;
            connection = null;
        }
        if (unfinished != null) {
            unfinished.cancel(true);
        }
        if (lost != null) {
            pool.discard(lost);
        }
        if (source != null) {
            source.cancel();
        }
        return true;
    }

    /** Gives it up, with whatever is on its connection. */
    void abort() {
        settle();
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        left = true;
        channel.sendRequest(request, source == null ? null : BODY, context);
        if (source == null) {
            owner.deadline().awaitHead();
        }
    }

    @Override
    public int available() {
        return source != null && source.hasMore() ? 1 : 0;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (source != null) {
            source.produce(channel);
        }
    }

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {
        // The server in front has told its client to go on already; other interim responses say nothing that must go
        // on.
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails body, HttpContext context) {
        heard = true;
        owner.answered(this, response);
        if (body == null) {
            finish();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) {
        sink.window(channel);
    }

    @Override
    public void consume(ByteBuffer piece) {
        owner.deadline().awaitPiece();
        owner.hear(piece);
        sink.add(piece);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        finish();
    }

    /** The response is whole. Its connection is of use again if the request went out whole, too. */
    private void finish() {
        if (source == null || source.isSent()) {
            AsyncConnectionEndpoint done;
            synchronized (this) {
                done = connection;
                settled = true;
                connection = null;
            }
            if (done != null) {
                pool.release(done);
            }
        } else {
            settle();
        }
        owner.completed(this);
        sink.end();
    }

    @Override
    public void failed(Exception cause) {
        if (settle()) {
            owner.lost(this, loss(cause), cause instanceof ConnectionClosedException ? closed(cause) : cause);
        }
    }

    /** HttpCore's own kind of end of stream, as everybody knows it. */
    private static IOException closed(Exception cause) {
        IOException end = new EOFException(cause.getMessage());
        end.initCause(cause);
        return end;
    }

    private Loss loss(Exception cause) {
        if (!left) {
            return used ? Loss.UNSENT : Loss.UNCONNECTED;
        }
        if (cause instanceof SocketTimeoutException) {
            return Loss.LATE;
        }
        if (heard || cause instanceof HttpException) {
            return Loss.BROKEN;
        }
        return used ? Loss.STALE : Loss.SILENT;
    }

    @Override
    public void cancel() {
        failed(new EOFException("the connection was closed"));
    }

    @Override
    public void releaseResources() {
        cancel(); // nothing happens where it has ended in another way
    }
}
