package io.symphony.proxy.embed;

import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response on its way to a container's client: written without blocking, and read no faster than that goes. */
final class Download implements Flow.Subscriber<List<ByteBuffer>> {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);

    private final AsyncContext async;
    private final Shift shift = new Shift(this::write);
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private volatile @Nullable CompletableFuture<ForwardResponse> answer;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;
    private volatile boolean asked;
    private volatile boolean ended;
    private volatile boolean cancelled;
    /** Where to write, once the container says that it is time to. */
    private volatile @Nullable ServletOutputStream out;

    private boolean unflushed;
    private boolean over;

    Download(AsyncContext async) {
        this.async = async;
    }

    void begin(CompletableFuture<ForwardResponse> promise) {
        answer = promise;
        var unused = promise.thenAccept(this::answered);
    }

    private void answered(ForwardResponse response) {
        try {
            writeHead(response);
            response.body().subscribe(this);
            ServletOutputStream stream = async.getResponse().getOutputStream();
            stream.setWriteListener(new Writer(stream));
        } catch (IOException gone) {
            cancel();
        }
    }

    /** The first field of a name replaces what the container has put there, such as its own Server or Date. */
    private void writeHead(ForwardResponse response) {
        HttpServletResponse head = (HttpServletResponse) async.getResponse();
        head.setStatus(response.status());
        Set<String> seen = new HashSet<>();
        for (Field field : response.fields()) {
            if (seen.add(field.name().toLowerCase(Locale.ROOT))) {
                head.setHeader(field.name(), field.value());
            } else {
                head.addHeader(field.name(), field.value());
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        pieces.addAll(more);
        asked = false;
        shift.ask();
    }

    @Override
    public void onComplete() {
        ended = true;
        shift.ask();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        ended = true;
        shift.ask();
    }

    /** The client has gone. */
    void cancel() {
        cancelled = true;
        shift.ask();
    }

    private void write() {
        ServletOutputStream to = out;
        try {
            boolean goesOn = true;
            while (to != null && goesOn && !over && !cancelled && to.isReady()) {
                goesOn = makesProgress(to);
            }
        } catch (IOException | IllegalStateException gone) { // the latter where the container has ended the request
            cancelled = true;
        }
        if (cancelled && !over) {
            giveUp();
        }
    }

    /** Does the next thing; false when the next piece has still to come, or there is none. */
    private boolean makesProgress(ServletOutputStream to) throws IOException {
        boolean isLast = ended; // read first: what comes before the end is in the queue by then
        ByteBuffer piece = pieces.poll();
        if (piece != null) {
            to.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            unflushed = true;
            return true;
        }
        if (isLast) {
            end();
            return false;
        }
        if (unflushed) {
            to.flush();
            unflushed = false;
            return true;
        }
        return asks();
    }

    private boolean asks() {
        Flow.Subscription open = subscription;
        if (asked || open == null) {
            return false;
        }
        asked = true;
        open.request(1);
        return true;
    }

    private void end() {
        over = true;
        Throwable cause = failure;
        if (cause == null) {
            async.complete();
        } else {
            ForwardingServlet.breakOff(async, cause);
        }
    }

    private void giveUp() {
        over = true;
        CompletableFuture<ForwardResponse> promise = answer;
        if (promise != null) {
            promise.cancel(false);
        }
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        try {
            async.complete();
        } catch (IllegalStateException ended) {
            LOG.debug("the container has ended the request already", ended);
        }
    }

    /** The container's side. */
    private final class Writer implements WriteListener {

        private final ServletOutputStream stream;

        Writer(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void onWritePossible() {
            out = stream;
            shift.ask();
        }

        @Override
        public void onError(Throwable gone) {
            cancel();
        }
    }
}
