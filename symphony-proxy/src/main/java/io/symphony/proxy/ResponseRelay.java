package io.symphony.proxy;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way back of one exchange: from the replica's connection to the client's. */
final class ResponseRelay {

    /** A replica that sends interim responses without end must not keep a client for ever. */
    private static final int MOST_INTERIM = 64;

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final RequestFacts facts;
    private final Body response;
    private final Framing framing;

    private @Nullable UpstreamConnection upstream;
    private boolean heard;
    private boolean begun;
    private boolean flushing;
    private boolean reusable;
    private int interim;
    private int status;
    private int ownBytes;

    ResponseRelay(Loop loop, ClientConnection client, Exchange exchange, RequestFacts facts) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.facts = facts;
        response = new Body(loop.settings().limits().trailerBytes());
        response.none();
        framing = new Framing(facts, response);
    }

    void clear() {
        upstream = null;
        heard = false;
        begun = false;
        flushing = false;
        interim = 0;
        status = 0;
        ownBytes = 0;
        response.none();
    }

    void begin(UpstreamConnection from) {
        clear();
        upstream = from;
    }

    /** Whether one byte of a response has come. */
    boolean hasHeard() {
        return heard;
    }

    /** Whether the final response has begun to go to the client. */
    boolean hasBegun() {
        return begun;
    }

    int status() {
        return status;
    }

    long dataBytes() {
        return ownBytes + response.dataBytes();
    }

    /** Takes note of an answer that is not the replica's. */
    void answered(int with, int contentBytes) {
        status = with;
        response.none();
        ownBytes = contentBytes;
    }

    /** An answer that is not the replica's begins to go to the client. */
    void answering(int with, int contentBytes) {
        answered(with, contentBytes);
        begun = true;
    }

    void readable() throws IOException {
        UpstreamConnection from = upstream;
        if (from == null) {
            return;
        }
        if (client.hasUnsent()) {
            from.pauseReading();
            return;
        }
        int end = from.read();
        if (end < 0) {
            ended(from);
            return;
        }
        heard |= end > Loop.ROOM_BEFORE;
        if (begun) {
            body(from, Loop.ROOM_BEFORE, end);
        } else {
            head(from, Loop.ROOM_BEFORE, end);
        }
    }

    private void ended(UpstreamConnection from) {
        if (begun && response.endsWithConnection()) {
            finish(from);
        } else {
            exchange.attempt()
                    .upstreamBroken(new EOFException(from + " closed the connection before its response was complete"));
        }
    }

    private void head(UpstreamConnection from, int start, int to) throws IOException {
        ResponseHead head = loop.responseHead();
        int at = start;
        while (at < to) {
            int length = Math.min(to - at, loop.headBytes().length);
            loop.buffer().get(at, loop.headBytes(), 0, length);
            int read = head.parse(loop.headBytes(), 0, length);
            if (read == Head.INCOMPLETE && length < loop.headBytes().length) {
                from.stash().set(loop.buffer(), at, to);
                return;
            }
            if (read <= 0) {
                exchange.ending()
                        .failBadly(read == Head.REFUSED ? head.refusal().text() : Refusal.LARGE_HEAD.text());
                return;
            }
            at += read;
            if (!head.isInterim()) {
                begin(from, head, at, to);
                return;
            }
            if (head.status() == ResponseHead.SWITCHING_PROTOCOLS) {
                switchProtocols(from, head, at, to);
                return;
            }
            if (!interim(head, at)) {
                return;
            }
        }
    }

    /** Passes an interim response on; false when the exchange is over by it. */
    private boolean interim(ResponseHead head, int bodyStart) {
        if (++interim > MOST_INTERIM) {
            exchange.ending().failBadly("more than " + MOST_INTERIM + " interim responses");
            return false;
        }
        if (facts.isOld()) {
            return true;
        }
        loop.responseRewrite().write(head, ResponseRewrite.Persistence.IMPLIED, loop.writer());
        return deliver(loop.writer().putBefore(bodyStart, loop.buffer()), bodyStart);
    }

    private void switchProtocols(UpstreamConnection from, ResponseHead head, int bodyStart, int to) throws IOException {
        if (!facts.upgrades() || head.upgradeField() < 0) {
            exchange.ending().failBadly("a 101 that nobody asked for");
            return;
        }
        status = ResponseHead.SWITCHING_PROTOCOLS;
        begun = true;
        loop.responseRewrite().writeUpgrade(head, loop.writer());
        exchange.addTo(loop.writer());
        if (deliver(loop.writer().putBefore(bodyStart, loop.buffer()), to)) {
            exchange.attempt().becomeTunnel(from);
        }
    }

    private void begin(UpstreamConnection from, ResponseHead head, int bodyStart, int to) {
        framing.begin(head, exchange.isRequestRead() && !loop.isDraining());
        int taken = response.take(loop.buffer(), bodyStart, to);
        if (taken == Body.REFUSED) {
            exchange.ending().failBadly(response.refusal().text());
            return;
        }
        begun = true;
        status = head.status();
        if (status >= 500) {
            exchange.erred();
        }
        exchange.attempt().answered(status);
        // What a replica sends beyond its response could be taken for the next one.
        reusable = head.persists() && !response.endsWithConnection() && bodyStart + taken == to;
        int end = response.keptEnd(bodyStart, taken);
        if (facts.isOld() && head.chunked()) {
            loop.responseRewrite().writeUnchunked(head, loop.writer());
        } else {
            loop.responseRewrite().write(head, framing.persistence(), loop.writer());
        }
        Hearers hearers = exchange.hearers();
        if (hearers != null && hearers.answered(status, loop.writer(), response)) {
            giveWay(from, hearers);
            return;
        }
        record(bodyStart, end);
        exchange.addTo(loop.writer());
        pass(from, loop.writer().putBefore(bodyStart, loop.buffer()), end);
    }

    private void record(int from, int to) {
        Hearers hearers = exchange.hearers();
        if (hearers != null) {
            hearers.record(from, to, response);
        }
    }

    /** The client gets another answer than the replica's. */
    private void giveWay(UpstreamConnection from, Hearers hearers) {
        upstream = null;
        exchange.attempt().release(from, response.ended() && reusable && isReadUp(from));
        hearers.answerInstead();
    }

    private void body(UpstreamConnection from, int start, int to) {
        int taken = response.take(loop.buffer(), start, to);
        if (taken == Body.REFUSED) {
            exchange.attempt()
                    .upstreamBroken(
                            new IOException(from + ": " + response.refusal().text()));
            return;
        }
        reusable &= start + taken == to;
        int end = response.keptEnd(start, taken);
        record(start, end);
        pass(from, start, end);
    }

    private void pass(UpstreamConnection from, int start, int to) {
        if (!deliver(start, to)) {
            return;
        }
        if (response.ended()) {
            finish(from);
        } else if (client.hasUnsent()) {
            from.pauseReading();
            from.neverLate();
            client.late(loop.settings().nanos().stream());
        } else {
            from.late(loop.settings().nanos().stream());
        }
    }

    /** Sends to the client; false when it has gone, and the exchange with it. */
    private boolean deliver(int start, int to) {
        try {
            client.write(start, to);
            return true;
        } catch (IOException e) {
            loop.note("sending a response", e);
            exchange.ending().abandon();
            return false;
        }
    }

    private void finish(UpstreamConnection from) {
        upstream = null;
        Hearers hearers = exchange.hearers();
        if (hearers != null) {
            hearers.complete();
        }
        exchange.attempt().release(from, reusable && isReadUp(from));
        if (client.hasUnsent()) {
            flushing = true;
            client.late(loop.settings().nanos().stream());
        } else {
            exchange.ending().complete(framing.persists());
        }
    }

    /** Whether nothing stands behind the response where a read ended with it: bytes there would answer the next one. */
    private static boolean isReadUp(UpstreamConnection from) {
        return !from.readWasFull() || from.isQuiet();
    }

    /** The client has taken what was left over. */
    void clientDrained() {
        UpstreamConnection from = upstream;
        if (flushing) {
            flushing = false;
            exchange.ending().complete(framing.persists());
        } else if (from != null) {
            from.resumeReading();
            from.late(loop.settings().nanos().stream());
            if (exchange.isRequestRead()) {
                client.neverLate();
            }
        }
    }
}
