package io.symphony.proxy;

import java.io.IOException;

/** Bytes both ways between a client and a replica, without regard to what they mean, until both have ended. */
final class Tunnel {

    private final Loop loop;
    private final ClientConnection client;
    private final UpstreamConnection upstream;
    private final Exchange exchange;
    private boolean clientEnded;
    private boolean upstreamEnded;

    Tunnel(Loop loop, ClientConnection client, UpstreamConnection upstream, Exchange exchange) {
        this.loop = loop;
        this.client = client;
        this.upstream = upstream;
        this.exchange = exchange;
    }

    /** Sends on what the client sent before it knew that this is a tunnel. */
    void begin() throws IOException {
        upstream.neverLate();
        int end = client.stash().copyTo(loop.buffer(), Loop.ROOM_BEFORE);
        client.stash().clear();
        upstream.write(Loop.ROOM_BEFORE, end);
        client.becomeTunnel();
        upstream.resumeReading();
        renew();
    }

    void readable(Connection from) {
        Connection to = other(from);
        if (to.hasUnsent()) {
            from.pauseReading();
            return;
        }
        try {
            int end = from.read();
            if (end < 0) {
                ended(from, to);
            } else {
                to.write(Loop.ROOM_BEFORE, end);
                renew();
            }
        } catch (IOException e) {
            loop.note("tunnelling", e);
            end();
        }
    }

    private void ended(Connection from, Connection to) throws IOException {
        clientEnded |= from == client;
        upstreamEnded |= from == upstream;
        from.pauseReading();
        if (clientEnded && upstreamEnded && !client.hasUnsent() && !upstream.hasUnsent()) {
            end();
        } else {
            to.shutDownOutput();
        }
    }

    void drained(Connection to) throws IOException {
        Connection from = other(to);
        renew();
        if (from == client ? !clientEnded : !upstreamEnded) {
            from.resumeReading();
        } else if (clientEnded && upstreamEnded) {
            end();
        } else {
            to.shutDownOutput();
        }
    }

    void end() {
        upstream.close();
        client.close();
        exchange.ending().endTunnel();
    }

    private Connection other(Connection one) {
        return one == client ? upstream : client;
    }

    private void renew() {
        client.late(loop.settings().nanos().tunnel());
    }
}
