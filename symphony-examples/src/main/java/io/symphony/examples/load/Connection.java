package io.symphony.examples.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection and the request that is under way on it. Opened when first needed, and again when lost. */
final class Connection {
    private final Request request;
    private final ResponseReader reader;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unsent;
    private boolean busy;
    private boolean hasServed;
    private boolean resent;
    private long countsFromNanos;
    private long sentNanos;

    Connection(Request request) {
        this.request = request;
        this.reader = new ResponseReader(request.isHead());
    }

    /** Sends the request; its latency counts from the time given, which may lie before now. */
    void send(Selector selector, ByteBuffer wire, long fromNanos, long nowNanos) throws IOException {
        busy = true;
        resent = false;
        countsFromNanos = fromNanos;
        sentNanos = nowNanos;
        reader.reset();
        put(selector, wire);
    }

    /** Sends the same request again on a new connection. */
    void resend(Selector selector, ByteBuffer wire) throws IOException {
        resent = true;
        reader.reset();
        put(selector, wire);
    }

    /** Handles what the selector saw; true once the response is whole. */
    boolean isAnswered(SelectionKey ready, ByteBuffer in, Tally tally) throws IOException {
        SocketChannel open = (SocketChannel) ready.channel();
        if (ready.isConnectable()) {
            open.finishConnect();
            flush(open, ready);
        } else if (ready.isWritable()) {
            flush(open, ready);
        }
        return ready.isReadable() && isReadWhole(open, in, tally);
    }

    boolean isBusy() {
        return busy;
    }

    /** The server may close a connection just as we send on it; an idempotent request then goes out once more. */
    boolean mayResend() {
        return busy && hasServed && !resent && !reader.hasBegun() && request.isIdempotent();
    }

    int status() {
        return reader.status();
    }

    long countsFromNanos() {
        return countsFromNanos;
    }

    boolean isLate(long nowNanos, long timeoutNanos) {
        return busy && nowNanos - sentNanos > timeoutNanos;
    }

    /** The request is dealt with. */
    void rest() {
        busy = false;
        hasServed = true;
        if (!reader.keepsConnection()) {
            disconnect();
        }
    }

    /** The request failed, and with it the connection. */
    void giveUp() {
        busy = false;
        disconnect();
    }

    void disconnect() {
        SocketChannel open = channel;
        channel = null;
        key = null;
        unsent = null;
        hasServed = false;
        if (open != null) {
            Quietly.close(open);
        }
    }

    private void put(Selector selector, ByteBuffer wire) throws IOException {
        SocketChannel open = channel;
        SelectionKey registered = key;
        if (open == null || registered == null) {
            unsent = wire.duplicate().rewind();
            connect(selector);
            return;
        }
        open.write(wire.rewind());
        if (wire.hasRemaining()) {
            unsent = wire.duplicate();
            registered.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void connect(Selector selector) throws IOException {
        SocketChannel opening = SocketChannel.open();
        channel = opening;
        opening.configureBlocking(false);
        opening.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (opening.connect(request.target())) {
            SelectionKey registered = opening.register(selector, SelectionKey.OP_READ, this);
            key = registered;
            flush(opening, registered);
        } else {
            key = opening.register(selector, SelectionKey.OP_CONNECT, this);
        }
    }

    private void flush(SocketChannel open, SelectionKey registered) throws IOException {
        ByteBuffer rest = unsent;
        if (rest != null) {
            open.write(rest);
        }
        boolean done = rest == null || !rest.hasRemaining();
        unsent = done ? null : rest;
        registered.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private boolean isReadWhole(SocketChannel open, ByteBuffer in, Tally tally) throws IOException {
        in.clear();
        int read = open.read(in);
        if (!busy) {
            throw new EOFException("closed while idle");
        }
        if (read < 0) {
            return endOfConnection();
        }
        tally.received(read);
        boolean whole = reader.read(in.flip());
        if (whole && in.hasRemaining()) {
            throw new IOException("malformed answer: more bytes than it announced");
        }
        return whole;
    }

    private boolean endOfConnection() throws EOFException {
        if (reader.endsWithConnection()) {
            return true;
        }
        throw new EOFException(reader.hasBegun() ? "closed within an answer" : "closed without an answer");
    }
}
