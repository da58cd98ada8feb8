package io.symphony.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A response out of the cache on its way to a client, no faster than the client takes it. */
final class StoredReply {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private byte[] head = NOTHING;
    private byte[] body = NOTHING;
    private int sent;
    private boolean underWay;
    private boolean persists;

    StoredReply(Loop loop, ClientConnection client, Exchange exchange) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Sends as much as goes at once. */
    void begin(byte[] withHead, byte[] withBody, boolean thenGoesOn) {
        head = withHead;
        body = withBody;
        persists = thenGoesOn;
        sent = 0;
        underWay = true;
        loop.buffer().clear().put(0, head);
        send(head.length);
    }

    /** The client has taken what was left over. */
    void goOn() {
        send(0);
    }

    /** Sends the rest, behind what stands in the buffer already. */
    private void send(int from) {
        try {
            int at = from;
            do {
                at = fill(at);
                client.write(0, at);
                at = 0;
            } while (sent < body.length && !client.hasUnsent());
            awaitOrEnd();
        } catch (IOException e) {
            loop.note("sending a stored response", e);
            forget();
            exchange.ending().abandon();
        }
    }

    private int fill(int at) {
        ByteBuffer buffer = loop.buffer();
        int length = Math.min(body.length - sent, PIECE_BYTES);
        buffer.put(at, body, sent, length);
        sent += length;
        return at + length;
    }

    private void awaitOrEnd() {
        if (client.hasUnsent()) {
            client.late(loop.settings().nanos().stream());
        } else {
            forget();
            exchange.ending().complete(persists);
        }
    }

    /** Nothing of it is to be sent any more. */
    void forget() {
        underWay = false;
        head = NOTHING;
        body = NOTHING;
    }
}
