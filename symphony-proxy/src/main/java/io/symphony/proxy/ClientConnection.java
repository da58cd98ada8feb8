package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A client's connection: it reads one request after another and hands what it reads to its exchange. */
final class ClientConnection extends Connection {

    /** How long a client that was told the end may go on sending before its connection is closed under it. */
    private static final long LINGER_NANOS = 2_000_000_000;

    /** An idle client may have sent a request that is not here yet, so while draining it is heard for so long. */
    private static final long LAST_CALL_NANOS = 1_000_000_000;

    /** What the next bytes of this client are. */
    private enum Stage {
        HEAD,
        BODY,
        /** The next request, which waits until the present one is answered. */
        AHEAD,
        TUNNEL,
        /** Nothing that matters: the last answer is on its way. */
        LINGER
    }

    private final Settings.Nanos nanos;
    private final Peer peer;
    private final Exchange exchange;
    private final HeadReader heads;
    private final BodyPace pace;
    private Stage stage = Stage.HEAD;
    private boolean ended;

    ClientConnection(Loop loop, SocketChannel channel) throws IOException {
        super(loop, channel, SelectionKey.OP_READ);
        nanos = loop.settings().nanos();
        Handshakes handshakes = loop.settings().handshakes();
        peer = new Peer(
                (InetSocketAddress) channel.getRemoteAddress(),
                (InetSocketAddress) channel.getLocalAddress(),
                handshakes == null ? "http" : "https");
        if (handshakes != null) {
            secure(new TlsStream(this, handshakes, loop.tlsBuffers()));
        }
        exchange = new Exchange(loop, this);
        heads = new HeadReader(loop, this, exchange);
        pace = new BodyPace(nanos.body(), loop.settings().limits().bodyBytesPerSecond());
        late(nanos.firstByte());
    }

    Peer peer() {
        return peer;
    }

    /** Whether the client has sent all it will. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    void readable() throws IOException {
        switch (stage) {
            case HEAD -> heads.readable();
            case BODY -> readBody();
            case AHEAD -> readAhead();
            case TUNNEL -> exchange.attempt().tunnel().readable(this);
            case LINGER -> {
                if (read() < 0) {
                    close();
                }
            }
        }
    }

    /** What came ahead of its turn may be a whole request, which is still to be answered. */
    void endedBetweenRequests() {
        ended = true;
        if (stash().isEmpty()) {
            close();
        } else {
            goOn();
        }
    }

    /** Goes on with what came before its turn. */
    void goOn() {
        if (isClosed() || stage != Stage.HEAD || stash().isEmpty()) {
            return;
        }
        heads.readStash();
    }

    /** From now on the bytes are the request's body. */
    void expectBody() {
        stage = Stage.BODY;
        renewBody();
    }

    /** The request is read; what comes now is the next one. */
    void expectNothing() {
        stage = Stage.AHEAD;
        neverLate();
    }

    void becomeTunnel() {
        stage = Stage.TUNNEL;
        resumeReading();
    }

    /** Begins to measure the body anew, after a pause that was not the client's doing too. */
    void renewBody() {
        pace.begin(loop().now());
        loop().wheel().set(this, pace.deadline(loop().now()));
    }

    private void readBody() throws IOException {
        if (!exchange.takesBody()) {
            pauseReading();
            neverLate();
            return;
        }
        int end = read();
        if (end < 0) {
            exchange.ending().abandon();
            return;
        }
        pace.add(onTheWire(end - Loop.ROOM_BEFORE));
        loop().wheel().set(this, pace.deadline(loop().now()));
        exchange.body(Loop.ROOM_BEFORE, end);
    }

    private void readAhead() throws IOException {
        if (!stash().isEmpty()) {
            pauseReading();
            return;
        }
        int end = read();
        if (end < 0) {
            // A client that has sent all it will may still want its answer.
            ended = true;
            pauseReading();
        } else if (end > Loop.ROOM_BEFORE) {
            stash().set(loop().buffer(), Loop.ROOM_BEFORE, end);
        }
    }

    /** The exchange is over, and the connection goes on. */
    void next() {
        stage = Stage.HEAD;
        if (!stash().isEmpty()) {
            late(nanos.head());
            loop().clients().again(this);
        } else if (ended) {
            close();
        } else {
            resumeReading();
            late(loop().isDraining() ? LAST_CALL_NANOS : nanos.keepAlive());
        }
    }

    /** Sends an answer of our own and goes on. */
    void answer(byte[] reply) {
        if (sent(reply)) {
            next();
        }
    }

    /** Sends an answer of our own, the last on this connection. */
    void answerAndClose(byte[] reply) {
        if (sent(reply)) {
            linger();
        }
    }

    private boolean sent(byte[] reply) {
        loop().buffer().clear().put(0, reply);
        try {
            write(0, reply.length);
            return true;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    /** The last answer is sent; waits for the client to see it, because a close now could destroy it on the way. */
    void linger() {
        if (ended && !hasUnsent()) {
            close();
            return;
        }
        stage = Stage.LINGER;
        stash().clear();
        late(LINGER_NANOS);
        resumeReading();
        try {
            if (!hasUnsent()) {
                shutDownOutput();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** The replica may hang; leaves it if that is safe. */
    void leave(ReplicaId suspect) {
        if (exchange.isUnderWay()) {
            exchange.attempt().leave(suspect);
        }
    }

    /** Lets a request that is here or on its way finish, and ends the connection when none comes. */
    void drain() {
        if (stage == Stage.HEAD && heads.isIdle()) {
            late(Math.min(LAST_CALL_NANOS, nanos.keepAlive()));
        }
    }

    /** Ends it now, unless a response is on its way or it is a tunnel. */
    void endRequest() {
        if (exchange.isUnderWay() && !exchange.isStreaming()) {
            exchange.ending().close();
        } else if (!exchange.isUnderWay()) {
            close();
        }
    }

    void endStream() {
        if (exchange.isStreaming()) {
            broken(new IOException("The listener was closed"));
        }
    }

    @Override
    void drained() throws IOException {
        switch (stage) {
            case LINGER -> linger();
            case TUNNEL -> exchange.attempt().tunnel().drained(this);
            case HEAD -> late(isShakingHands() ? nanos.head() : nanos.keepAlive());
            default -> exchange.clientDrained();
        }
    }

    @Override
    void progressed() {
        if (stage == Stage.AHEAD) {
            late(nanos.stream());
        }
    }

    @Override
    void late() {
        switch (stage) {
            case HEAD -> heads.late();
            case BODY -> exchange.ending().refuse(Refusal.LATE_BODY);
            case AHEAD -> exchange.ending().abandon();
            case TUNNEL -> exchange.attempt().tunnel().end();
            case LINGER -> close();
        }
    }

    @Override
    void broken(IOException cause) {
        if (exchange.isUnderWay()) {
            exchange.ending().abandon();
        } else if (cause instanceof PlainTextException) {
            speakPlainly();
            heads.refuse(Refusal.PLAIN_TEXT);
        } else {
            close();
        }
    }

    @Override
    void close() {
        if (stage == Stage.HEAD) {
            farewell();
        }
        super.close();
        loop().clients().forget(this);
    }
}
