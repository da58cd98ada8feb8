package io.symphony.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One socket of an event loop. Reading stays registered; what a write leaves over is kept here, and whoever feeds this
 * connection stops reading until it is gone.
 */
abstract class Connection extends Timed {

    private final Loop loop;
    private final SocketChannel channel;
    private final Stash stash = new Stash();
    private final SelectionKey key;
    private @Nullable TlsStream tls;
    private @Nullable ByteBuffer unsent;
    private int interest;
    private boolean readWasFull;
    private boolean closed;

    Connection(Loop loop, SocketChannel channel, int interest) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.interest = interest;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(loop.selector(), interest, this);
    }

    /** There is something to read, the end of the stream included. */
    abstract void readable() throws IOException;

    /** What was left over is sent. */
    abstract void drained() throws IOException;

    /** The socket is broken. */
    abstract void broken(IOException cause);

    void connectable() throws IOException {
        throw new IllegalStateException("Connected already");
    }

    final void ready(int operations) {
        try {
            if ((operations & SelectionKey.OP_CONNECT) != 0) {
                connectable();
            }
            if ((operations & SelectionKey.OP_READ) != 0 && !closed) {
                readable();
            }
            if ((operations & SelectionKey.OP_WRITE) != 0 && !closed && unsent != null) {
                flush();
            }
        } catch (IOException e) {
            if (!closed) {
                broken(e);
            }
        }
    }

    final Loop loop() {
        return loop;
    }

    final SocketChannel channel() {
        return channel;
    }

    final Stash stash() {
        return stash;
    }

    final boolean isClosed() {
        return closed;
    }

    final boolean hasUnsent() {
        return unsent != null;
    }

    final void pauseReading() {
        interest(interest & ~SelectionKey.OP_READ);
    }

    final void resumeReading() {
        interest(interest | SelectionKey.OP_READ);
        if (tls != null && tls.hasEnded()) {
            readAgainSoon();
        }
    }

    /** Reads what the socket will not tell again. */
    final void readAgain() {
        if (!closed && (interest & SelectionKey.OP_READ) != 0) {
            ready(SelectionKey.OP_READ);
        }
    }

    final void readAgainSoon() {
        loop.submit(this::readAgain);
    }

    /** From now on everything goes through TLS. */
    final void secure(TlsStream stream) {
        tls = stream;
    }

    /** The peer turned out not to speak TLS, and shall be able to read why that is wrong. */
    final void speakPlainly() {
        tls = null;
    }

    final boolean isShakingHands() {
        return tls != null && !tls.isEstablished();
    }

    /** What this many bytes were on the wire, when they are what the last read brought. */
    final int onTheWire(int length) {
        return tls == null ? length : tls.arrived();
    }

    final void interest(int operations) {
        if (interest != operations && !closed) {
            interest = operations;
            key.interestOps(operations);
        }
    }

    /**
     * Reads into the loop's buffer, behind what was stashed: where the bytes end, or -1 when the stream has. They begin
     * at {@link Loop#ROOM_BEFORE}, and the stash is empty then.
     */
    final int read() throws IOException {
        ByteBuffer buffer = loop.buffer();
        buffer.clear();
        int at = stash.copyTo(buffer, Loop.ROOM_BEFORE);
        buffer.limit(at + loop.readSize()).position(at);
        int length = tls == null ? channel.read(buffer) : tls.read(buffer.limit(buffer.capacity()));
        readWasFull = !buffer.hasRemaining();
        buffer.clear();
        if (length < 0) {
            return -1;
        }
        stash.clear();
        return at + length;
    }

    /** Whether the last read took all that it had room for, so that more may have come with it. */
    final boolean readWasFull() {
        return readWasFull;
    }

    /** Sends this range of the loop's buffer; what does not fit into the socket now is kept and goes first later. */
    final void write(int from, int to) throws IOException {
        ByteBuffer buffer = loop.buffer();
        buffer.limit(to).position(from);
        try {
            send(tls == null ? buffer : tls.encrypt(buffer));
        } finally {
            buffer.clear();
        }
    }

    /** Sends these bytes as they are. */
    final void send(ByteBuffer bytes) throws IOException {
        if (unsent == null) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            keepUnsent(bytes);
        }
    }

    private void keepUnsent(ByteBuffer rest) {
        int length = rest.remaining() + (unsent == null ? 0 : unsent.remaining());
        ByteBuffer kept = loop.spares().take(length);
        if (unsent != null) {
            kept.put(unsent);
            loop.spares().giveBack(unsent);
        }
        unsent = kept.put(rest).flip();
        interest(interest | SelectionKey.OP_WRITE);
    }

    private void flush() throws IOException {
        ByteBuffer rest = unsent;
        if (rest == null) {
            return;
        }
        channel.write(rest);
        if (rest.hasRemaining()) {
            progressed();
            return;
        }
        loop.spares().giveBack(rest);
        unsent = null;
        interest(interest & ~SelectionKey.OP_WRITE);
        drained();
    }

    /** Some of what was left over has gone. */
    abstract void progressed();

    final void late(long nanosFromNow) {
        loop.wheel().set(this, loop.now() + nanosFromNow);
    }

    final void neverLate() {
        deadline(NEVER);
    }

    final void shutDownOutput() throws IOException {
        if (closed) {
            return;
        }
        if (tls != null) {
            tls.farewell();
        }
        if (unsent == null) {
            channel.shutdownOutput();
        }
    }

    /** Tells the peer, where there are words for it, that the end which now comes is meant. */
    final void farewell() {
        if (tls != null && !closed && unsent == null) {
            try {
                tls.farewell();
            } catch (IOException e) {
                loop.note("farewell", e);
            }
        }
    }

    /** Closes so that the peer sees that something is missing, whatever the framing says. */
    final void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            loop.note("reset", e);
        }
        close();
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.wheel().remove(this);
        deadline(NEVER);
        stash.clear();
        if (unsent != null) {
            loop.spares().giveBack(unsent);
            unsent = null;
        }
        try {
            channel.close();
        } catch (IOException e) {
            loop.note("close", e);
        }
    }
}
