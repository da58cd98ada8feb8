package io.symphony.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection to a replica: it serves one exchange after another and rests in its pool between them. */
final class UpstreamConnection extends Connection {

    /** For so long after an answer the selector is trusted to tell of a close. */
    private static final long FRESH_NANOS = 50_000_000;

    private final UpstreamPool pool;
    private @Nullable Attempt attempt;
    private boolean connected;
    private boolean used;
    private long rested;

    UpstreamConnection(Loop loop, SocketChannel channel, UpstreamPool pool) throws IOException {
        super(loop, channel, 0);
        this.pool = pool;
    }

    void connect(InetSocketAddress address) throws IOException {
        if (channel().connect(address)) {
            becomeConnected();
        } else {
            interest(SelectionKey.OP_CONNECT);
        }
    }

    /** Connects when its exchange already waits for it. */
    void connectNow(InetSocketAddress address) {
        if (isClosed()) {
            return;
        }
        try {
            connect(address);
            if (connected && attempt != null) {
                attempt.connected();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    void fail(IOException cause) {
        if (!isClosed()) {
            broken(cause);
        }
    }

    @Override
    void connectable() throws IOException {
        channel().finishConnect();
        becomeConnected();
        if (attempt != null) {
            attempt.connected();
        }
    }

    private void becomeConnected() {
        connected = true;
        interest(SelectionKey.OP_READ);
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether it served an exchange before this one, so that the replica may have closed it meanwhile. */
    boolean isUsed() {
        return used;
    }

    void serve(Attempt next) {
        attempt = next;
    }

    /** Whether the replica has neither closed this idle connection nor said anything on it. */
    boolean isQuiet() {
        ByteBuffer buffer = loop().buffer();
        // Behind everything that a request may have put there.
        buffer.limit(buffer.capacity()).position(buffer.capacity() - 1);
        try {
            return channel().read(buffer) == 0;
        } catch (IOException e) {
            loop().note("check", e);
            return false;
        } finally {
            buffer.clear();
        }
    }

    /** Whether it has been idle for a moment only. */
    boolean isFresh() {
        return loop().now() - rested < FRESH_NANOS;
    }

    /** Lies idle from now on. */
    void rest() {
        attempt = null;
        rested = loop().now();
        used = true;
        stash().clear();
        resumeReading();
        late(loop().settings().nanos().pooled());
    }

    /** Its exchange is over: it goes back to its pool. */
    void giveBack() {
        pool.giveBack(this);
    }

    @Override
    void readable() throws IOException {
        if (attempt != null) {
            attempt.upstreamReadable(this);
        } else {
            leavePool();
        }
    }

    @Override
    void drained() throws IOException {
        if (attempt != null) {
            attempt.upstreamDrained(this);
        }
    }

    @Override
    void progressed() {
        late(loop().settings().nanos().stream());
    }

    @Override
    void late() {
        if (attempt != null) {
            attempt.upstreamLate(this);
        } else {
            leavePool();
        }
    }

    @Override
    void broken(IOException cause) {
        if (attempt != null) {
            attempt.upstreamBroken(cause);
        } else {
            leavePool();
        }
    }

    private void leavePool() {
        if (isFresh()) {
            pool.closesUntold();
        }
        pool.forget(this);
        close();
    }

    @Override
    public String toString() {
        return pool.toString();
    }
}
