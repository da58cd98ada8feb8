package io.symphony.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The reading of one request's head after another from a client, however its bytes come. */
final class HeadReader {

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final Settings.Nanos nanos;
    /** Whether a part of a head is here, so that the rest has a deadline. */
    private boolean begun;

    HeadReader(Loop loop, ClientConnection client, Exchange exchange) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        nanos = loop.settings().nanos();
    }

    /** Whether there is nothing of a request here. */
    boolean isIdle() {
        return !begun && client.stash().isEmpty();
    }

    void readable() throws IOException {
        int stashed = client.stash().length();
        int end = client.read();
        if (end < 0) {
            client.endedBetweenRequests();
            return;
        }
        int from = Loop.ROOM_BEFORE;
        if (stashed > 0 && end - from < loop.headBytes().length && !hasLineFeed(from + stashed, end)) {
            // Without a new line there can be no whole head; to parse again for each byte would be a gift to attackers.
            client.stash().set(loop.buffer(), from, end);
        } else if (end > from) {
            head(from, end);
        }
    }

    private boolean hasLineFeed(int from, int to) {
        return Octets.hasLineFeed(loop.buffer(), from, to);
    }

    /** Reads what came before its turn. */
    void readStash() {
        ByteBuffer buffer = loop.buffer();
        int end = client.stash().copyTo(buffer, Loop.ROOM_BEFORE);
        client.stash().clear();
        head(Loop.ROOM_BEFORE, end);
    }

    private void head(int from, int to) {
        byte[] bytes = loop.headBytes();
        int length = Math.min(to - from, bytes.length);
        loop.buffer().get(from, bytes, 0, length);
        int read = loop.requestHead().parse(bytes, 0, length);
        if (read > 0) {
            begun = false;
            exchange.begin(from + read, to);
        } else if (read == Head.REFUSED) {
            refuse(loop.requestHead().refusal());
        } else if (length == bytes.length) {
            refuse(Refusal.LARGE_HEAD);
        } else {
            awaitRest(from, to);
        }
    }

    private void awaitRest(int from, int to) {
        client.stash().set(loop.buffer(), from, to);
        if (client.hasEnded()) {
            client.close();
            return;
        }
        client.resumeReading();
        if (!begun) {
            begun = true;
            client.late(nanos.head());
        }
    }

    /** Neither the first byte of a head nor its last may be later than this. */
    void late() {
        if (begun && !client.hasUnsent()) {
            readMethodAgain();
            refuse(Refusal.LATE_HEAD);
        } else {
            client.close();
        }
    }

    /** Other clients' heads have been read since this one's beginning. */
    private void readMethodAgain() {
        int end = client.stash().copyTo(loop.buffer(), 0);
        loop.buffer().get(0, loop.headBytes(), 0, end);
        loop.requestHead().parse(loop.headBytes(), 0, end);
    }

    void refuse(Refusal why) {
        loop.tally().refuse();
        Reply reply = Reply.refused(why, loop.settings().limits());
        ResponseRewrite.Persistence close = ResponseRewrite.Persistence.CLOSE;
        boolean isHead = loop.requestHead().method().isHead();
        exchange.notes().refused(client.peer(), reply.status(), isHead ? 0 : reply.content().length);
        client.answerAndClose(isHead ? reply.headOnly(close) : reply.bytes(close));
    }
}
