package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with its own selector, connections, buffers, timers and pools. It shares nothing with the other loops, so
 * a request never changes thread and never meets a lock. Other threads only put work into its inbox.
 */
final class Loop implements Runnable {

    /** Where reads begin in the buffer, so that a head may grow towards the front. */
    static final int ROOM_BEFORE = RequestRewrite.GROWTH;

    private static final int READ_SIZE = 64 * 1024;
    private static final int SMALL_READ_SIZE = 4 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Settings settings;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM_BEFORE + 2 * READ_SIZE);
    private final byte[] headBytes;
    private final RequestHead requestHead;
    private final ResponseHead responseHead;
    private final RequestRewrite requestRewrite;
    private final ResponseRewrite responseRewrite;
    private final HeadWriter writer;
    private final @Nullable TlsBuffers tlsBuffers;
    private final Spares spares = new Spares(ROOM_BEFORE + 2 * READ_SIZE);
    private final Tally tally = new Tally();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Clients clients = new Clients(this);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Consumer<SelectionKey> dispatcher = this::dispatch;
    private final Wheel wheel;
    private final RetryBudget retries;
    private final UpstreamPools pools;
    private final Ticker ticker;
    private long now;
    private boolean nowIsOld;
    private boolean draining;

    Loop(Settings settings) throws IOException {
        this.settings = settings;
        ticker = settings.ticker();
        now = ticker.nanos();
        Limits limits = settings.limits();
        selector = Selector.open();
        headBytes = new byte[limits.headBytes()];
        requestHead = new RequestHead(limits.fields(), limits.targetBytes());
        responseHead = new ResponseHead(limits.fields());
        requestRewrite = new RequestRewrite(settings.headers());
        responseRewrite = new ResponseRewrite(settings.headers());
        writer = new HeadWriter(limits.headBytes() + ROOM_BEFORE);
        tlsBuffers = settings.handshakes() == null ? null : new TlsBuffers(READ_SIZE, buffer.capacity());
        wheel = new Wheel(now);
        retries = new RetryBudget(settings.retryPercent(), settings.retryFloor(), now);
        pools = new UpstreamPools(this);
    }

    @Override
    public void run() {
        while (!draining || !clients.isEmpty()) {
            try {
                turn();
            } catch (Exception | Error e) {
                LOG.error(
                        "{}: going on after a fault of our own",
                        Thread.currentThread().getName(),
                        e);
            }
        }
        end();
    }

    /** Waits until something is to be done, and does it. */
    void turn() throws IOException {
        nowIsOld = true;
        if (clients.isQuiet()) {
            selector.select(dispatcher, wheel.idleMillis(ticker.nanos()));
        } else {
            selector.selectNow(dispatcher);
        }
        refreshNow();
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
        clients.goOn();
        wheel.advance(now);
    }

    private void dispatch(SelectionKey key) {
        refreshNow();
        if (!key.isValid()) {
            return; // closed by an event before this one
        }
        Object who = key.attachment();
        try {
            if (who instanceof Connection connection) {
                connection.ready(key.readyOps());
            } else if (who instanceof Acceptor acceptor) {
                acceptor.accept();
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: closing a connection after a fault of our own",
                    Thread.currentThread().getName(),
                    e);
            if (who instanceof Connection connection) {
                connection.broken(new IOException(e));
            }
        }
    }

    private void refreshNow() {
        if (nowIsOld) {
            now = ticker.nanos();
            nowIsOld = false;
        }
    }

    private void end() {
        pools.close();
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
        try {
            selector.close();
        } catch (IOException e) {
            note("close", e);
        }
        ended.countDown();
    }

    /** Has this run on the loop's thread soon. */
    void submit(Runnable work) {
        inbox.add(work);
        selector.wakeup();
    }

    /** A replica has left: its idle connections are closed, and those in use when they are done. */
    void left(ReplicaId replica) {
        pools.left(replica);
    }

    /** Lets those inside finish, then ends the loop. */
    void drain() {
        draining = true;
        clients.drain();
    }

    CountDownLatch ended() {
        return ended;
    }

    /** An error that concerns one connection and needs nobody's attention. */
    void note(String what, IOException cause) {
        LOG.debug("{} of a connection", what, cause);
    }

    Settings settings() {
        return settings;
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    TlsBuffers tlsBuffers() {
        return Objects.requireNonNull(tlsBuffers, "There is no TLS here");
    }

    byte[] headBytes() {
        return headBytes;
    }

    RequestHead requestHead() {
        return requestHead;
    }

    ResponseHead responseHead() {
        return responseHead;
    }

    RequestRewrite requestRewrite() {
        return requestRewrite;
    }

    ResponseRewrite responseRewrite() {
        return responseRewrite;
    }

    HeadWriter writer() {
        return writer;
    }

    /** How much to read at once: little when much of what was read for slow peers is still here. */
    int readSize() {
        return spares.isStrained() ? SMALL_READ_SIZE : READ_SIZE;
    }

    Spares spares() {
        return spares;
    }

    Clients clients() {
        return clients;
    }

    Tally tally() {
        return tally;
    }

    Wheel wheel() {
        return wheel;
    }

    RetryBudget retries() {
        return retries;
    }

    UpstreamPools pools() {
        return pools;
    }

    long now() {
        return now;
    }

    boolean isDraining() {
        return draining;
    }
}
