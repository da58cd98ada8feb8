package io.symphony.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one client's connection, between its socket and everything else. Whatever is read is decrypted at once, so
 * that nothing waits here unseen but the beginning of a record; whatever is written is encrypted before it may have to
 * wait for the socket.
 */
final class TlsStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** So many records in a row may bring no data, such as updates of keys, each of which costs us more than its sender. */
    private static final int MOST_BARREN = 32;

    private final Connection connection;
    private final Handshakes handshakes;
    private final TlsBuffers buffers;
    private final SSLEngine engine;
    private final Stash partialRecord = new Stash();
    private HandshakeStatus status = HandshakeStatus.NEED_UNWRAP;
    private boolean heard;
    private boolean working;
    private boolean established;
    private boolean ended;
    private int barren;
    private int arrived;

    TlsStream(Connection connection, Handshakes handshakes, TlsBuffers buffers) throws IOException {
        this.connection = connection;
        this.handshakes = handshakes;
        this.buffers = buffers;
        engine = handshakes.engine();
        engine.beginHandshake();
    }

    /** Reads from the socket once: how much could be decrypted, or -1 when the client has said that it ends. */
    int read(ByteBuffer plain) throws IOException {
        if (working) {
            return 0;
        }
        int before = plain.position();
        boolean cut = receive() < 0;
        try {
            decrypt(buffers.incoming(), plain);
        } catch (SSLException e) {
            alert();
            throw e;
        }
        keepPartialRecord();
        int length = plain.position() - before;
        if (length == 0 && !working) {
            return ended ? end() : cut ? cutOff() : 0;
        }
        if (ended) {
            connection.readAgainSoon();
        }
        return length;
    }

    boolean isEstablished() {
        return established;
    }

    /** How much the last read took from the socket. */
    int arrived() {
        return arrived;
    }

    private int receive() throws IOException {
        ByteBuffer incoming = buffers.incoming().clear();
        int kept = partialRecord.copyTo(incoming, 0);
        int most = Math.max(connection.loop().readSize(), TlsBuffers.LARGEST_RECORD);
        incoming.limit(Math.max(most, kept)).position(kept);
        int length = connection.channel().read(incoming);
        arrived = Math.max(0, length);
        incoming.flip();
        if (!heard && length > 0) {
            heard = true;
            greet(incoming.get(0));
        }
        return length;
    }

    /** The first byte says whether this is TLS. From here on a handshake has as long as a head. */
    private void greet(byte first) throws PlainTextException {
        if (Octets.isToken(first)) {
            throw new PlainTextException();
        }
        connection.late(connection.loop().settings().nanos().head());
    }

    private void decrypt(ByteBuffer incoming, ByteBuffer plain) throws IOException {
        boolean more = true;
        while (more) {
            more = switch (status) {
                case NEED_TASK -> {
                    delegate();
                    yield false;
                }
                case NEED_WRAP -> {
                    speak();
                    yield true;
                }
                default -> incoming.hasRemaining() && unwrap(incoming, plain);
            };
        }
    }

    /** Decrypts a record; false when there is no whole one. */
    private boolean unwrap(ByteBuffer incoming, ByteBuffer plain) throws SSLException {
        SSLEngineResult result = engine.unwrap(incoming, plain);
        note(result);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            throw new SSLException("A record is larger than any may be");
        }
        ended |= result.getStatus() == SSLEngineResult.Status.CLOSED;
        count(result);
        return result.getStatus() == SSLEngineResult.Status.OK || status == HandshakeStatus.NEED_WRAP;
    }

    private void count(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() > 0) {
            barren = connection.hasUnsent() ? barren : 0;
        } else if (established && result.bytesConsumed() > 0 && ++barren > MOST_BARREN) {
            throw new SSLException("More than " + MOST_BARREN + " records without data");
        }
    }

    private void note(SSLEngineResult result) {
        status = result.getHandshakeStatus();
        boolean done = status == HandshakeStatus.FINISHED || status == HandshakeStatus.NOT_HANDSHAKING;
        if (done && !established && !engine.isOutboundDone() && !engine.isInboundDone()) {
            established = true;
            connection.late(connection.loop().settings().nanos().firstByte());
        }
    }

    /** Sends what the protocol itself has to say. */
    private void speak() throws IOException {
        ByteBuffer outgoing = buffers.outgoing().clear();
        while (status == HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.wrap(NOTHING, outgoing);
            note(result);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                status = HandshakeStatus.NOT_HANDSHAKING;
            }
        }
        connection.send(outgoing.flip());
    }

    /** Has another thread do the costly part; the bytes that came with it wait. */
    private void delegate() throws SSLException {
        if (established) {
            throw new SSLException("A client may not renegotiate");
        }
        working = true;
        connection.pauseReading();
        handshakes.work(this::work);
    }

    private void work() {
        try {
            Runnable task = next();
            while (task != null) {
                task.run();
                task = next();
            }
        } finally {
            connection.loop().submit(this::goOn);
        }
    }

    /** Nothing more is worth doing for a client that has gone meanwhile. */
    private @Nullable Runnable next() {
        return connection.channel().isOpen() ? engine.getDelegatedTask() : null;
    }

    private void goOn() {
        working = false;
        if (!connection.isClosed()) {
            status = engine.getHandshakeStatus();
            connection.resumeReading();
            connection.readAgain();
        }
    }

    private void keepPartialRecord() {
        ByteBuffer incoming = buffers.incoming();
        if (incoming.hasRemaining() && !ended) {
            partialRecord.set(incoming, incoming.position(), incoming.limit());
        } else {
            partialRecord.clear();
        }
    }

    /** The client ends. In TLS 1.2 that ends our side, too; in 1.3 it may still want its answer. */
    private int end() throws EOFException {
        if (engine.isOutboundDone()) {
            throw new EOFException("The client has ended the connection");
        }
        return -1;
    }

    /** The stream ended without the client's word: it has gone, or somebody cut it off. */
    private int cutOff() throws EOFException {
        if (established) {
            throw new EOFException("The connection was cut off");
        }
        return -1;
    }

    /** Whether the client has said that it ends, which no event of its socket will tell again. */
    boolean hasEnded() {
        return ended;
    }

    /** These bytes as the socket is to have them. */
    ByteBuffer encrypt(ByteBuffer plain) throws SSLException {
        ByteBuffer outgoing = buffers.outgoing().clear();
        while (plain.hasRemaining()) {
            SSLEngineResult result = engine.wrap(plain, outgoing);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new SSLException("The client has ended the connection");
            }
            status = result.getHandshakeStatus();
        }
        return outgoing.flip();
    }

    /** Tells the client that we end here, and that nothing is missing. */
    void farewell() throws IOException {
        if (established && !engine.isOutboundDone()) {
            engine.closeOutbound();
            status = HandshakeStatus.NEED_WRAP;
            speak();
        }
    }

    /** Tells the client what is wrong, as far as the engine has words for it. */
    private void alert() {
        try {
            status = engine.getHandshakeStatus();
            speak();
        } catch (IOException e) {
            connection.loop().note("alert", e);
        }
    }
}
