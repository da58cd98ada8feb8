package io.symphony.proxy.embed;

import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response on its way to a container's client: written without blocking, and read no faster than that goes. */
final class Download implements Flow.Subscriber<List<ByteBuffer>> {

    private final AsyncContext async;
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private volatile @Nullable CompletableFuture<ForwardResponse> answer;
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean asked;
    private boolean ended;
    private boolean unflushed;
    private boolean writing;
    private boolean over;
    /** Where to write, once the container says that it is time to. */
    private @Nullable ServletOutputStream out;

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
    public synchronized void onNext(List<ByteBuffer> more) {
        pieces.addAll(more);
        asked = false;
        write();
    }

    @Override
    public synchronized void onComplete() {
        ended = true;
        write();
    }

    @Override
    public synchronized void onError(Throwable cause) {
        failure = cause;
        ended = true;
        write();
    }

    private void write() {
        ServletOutputStream to = out;
        if (to == null || writing) {
            return;
        }
        writing = true;
        try {
            boolean goesOn = true;
            while (goesOn && !over && to.isReady()) {
                goesOn = makesProgress(to);
            }
        } catch (IOException gone) {
            cancel();
        } finally {
            writing = false;
        }
    }

    /** Does the next thing; false when the next piece has still to come, or there is none. */
    private boolean makesProgress(ServletOutputStream to) throws IOException {
        ByteBuffer piece = pieces.poll();
        if (piece != null) {
            to.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            unflushed = true;
            return true;
        }
        if (ended) {
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
        if (failure == null) {
            async.complete();
        } else {
            ForwardingServlet.breakOff(async, failure);
        }
    }

    /** The client has gone. */
    synchronized void cancel() {
        if (over) {
            return;
        }
        over = true;
        CompletableFuture<ForwardResponse> promise = answer;
        if (promise != null) {
            promise.cancel(false);
        }
        if (subscription != null) {
            subscription.cancel();
        }
        async.complete();
    }

    /** The container's side. */
    private final class Writer implements WriteListener {

        private final ServletOutputStream stream;

        Writer(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void onWritePossible() {
            synchronized (Download.this) {
                out = stream;
                write();
            }
        }

        @Override
        public void onError(Throwable gone) {
            cancel();
        }
    }
}
