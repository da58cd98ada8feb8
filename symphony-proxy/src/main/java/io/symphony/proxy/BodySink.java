package io.symphony.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** A response's body on its way to whoever reads it. What is not asked for yet fills the window, and no more is read. */
final class BodySink implements Flow.Publisher<List<ByteBuffer>>, Flow.Subscription {

    private final Forwarding owner;
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicLong deliveredBytes = new AtomicLong();
    /** How often there was something to do since a thread began to deliver: only that thread does it. */
    private final AtomicInteger work = new AtomicInteger();

    private volatile Flow.@Nullable Subscriber<? super List<ByteBuffer>> subscriber;
    private volatile @Nullable CapacityChannel window;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private boolean told;

    BodySink(Forwarding owner) {
        this.owner = owner;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> reader) {
        boolean first = claimed.compareAndSet(false, true);
        reader.onSubscribe(first ? this : new Nothing());
        if (first) {
            subscriber = reader;
            deliver();
        } else {
            reader.onError(new IllegalStateException("A response's body is for one subscriber"));
        }
    }

    @Override
    public void request(long pieces) {
        if (pieces < 1) {
            fail(new IllegalArgumentException("request: " + pieces + " (expected: >= 1)"));
        } else {
            demand.accumulateAndGet(pieces, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            deliver();
        }
    }

    @Override
    public void cancel() {
        pieces.clear();
        owner.cancel();
    }

    /** Takes in a piece that the connection will reuse. */
    void add(ByteBuffer piece) {
        ByteBuffer copy = ByteBuffer.allocate(piece.remaining());
        pieces.add(copy.put(piece).flip());
        deliver();
    }

    void end() {
        ended = true;
        deliver();
    }

    void fail(Throwable cause) {
        failure = cause;
        end();
    }

    /** More may be read as pieces are delivered. */
    void window(CapacityChannel open) {
        window = open;
        widen();
    }

    private void deliver() {
        int begun = 1;
        if (work.getAndIncrement() == 0) {
            while (begun != 0) {
                deliverAll();
                begun = work.addAndGet(-begun);
            }
        }
    }

    private void deliverAll() {
        Flow.Subscriber<? super List<ByteBuffer>> reader = subscriber;
        if (reader == null || told) {
            return;
        }
        while (demand.get() > 0 && !pieces.isEmpty()) {
            ByteBuffer piece = pieces.poll();
            if (piece != null) {
                demand.decrementAndGet();
                deliveredBytes.addAndGet(piece.remaining());
                owner.deadline().awaitPiece();
                reader.onNext(List.of(piece));
                widen();
            }
        }
        boolean over = ended; // read first: what comes before the end is in the queue by then
        if (over && pieces.isEmpty()) {
            told = true;
            tellEnd(reader);
        }
    }

    private void tellEnd(Flow.Subscriber<? super List<ByteBuffer>> reader) {
        Throwable cause = failure;
        if (cause == null) {
            reader.onComplete();
        } else {
            reader.onError(cause);
        }
    }

    private void widen() {
        CapacityChannel open = window;
        int bytes = open == null ? 0 : (int) deliveredBytes.getAndSet(0);
        if (open != null && bytes > 0) {
            try {
                open.update(bytes);
            } catch (IOException e) {
                owner.broke(e);
            }
        }
    }

    /** What a subscriber gets that comes too late. */
    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long pieces) {
            // there are none
        }

        @Override
        public void cancel() {
            // there is nothing
        }
    }
}
