package io.symphony.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way out of one exchange: from the client's connection to the replica's, no faster than the replica takes it. */
final class RequestRelay {

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final ResponseRelay response;
    private final Settings.Nanos nanos;

    private @Nullable UpstreamConnection upstream;
    private boolean deaf;

    RequestRelay(Loop loop, ClientConnection client, Exchange exchange, ResponseRelay response) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.response = response;
        nanos = loop.settings().nanos();
    }

    void clear() {
        upstream = null;
        deaf = false;
    }

    void begin(UpstreamConnection to) {
        upstream = to;
    }

    /** The connection is taken away. */
    void end() {
        upstream = null;
    }

    /** Whether the replica hears no more, so that its connection is of no more use. */
    boolean isDeaf() {
        return deaf;
    }

    /** Some of the request has gone out: sets who is to do something next, and until when. */
    void sent(UpstreamConnection to) {
        if (to.hasUnsent()) {
            to.late(nanos.stream());
            pauseBody();
        } else if (response.hasBegun()) {
            return;
        } else if (exchange.isRequestRead()) {
            to.late(nanos.responseHead());
        } else {
            to.neverLate();
        }
    }

    /** The client waits for the replica: that is not the client's doing, so it cannot be late. */
    private void pauseBody() {
        if (!exchange.isRequestRead()) {
            client.pauseReading();
            client.neverLate();
        }
    }

    /** The replica takes more again. */
    void goOn() {
        if (!exchange.isRequestRead() && takesBody()) {
            client.renewBody();
            client.resumeReading();
        }
    }

    /** Whether the next piece of the request's body can go on at once. */
    boolean takesBody() {
        return upstream != null && upstream.isConnected() && !upstream.hasUnsent();
    }

    /** Sends a piece of the request's body. */
    void body(int from, int to) {
        UpstreamConnection open = upstream;
        if (open == null || deaf) {
            return;
        }
        try {
            open.write(from, to);
            sent(open);
        } catch (IOException e) {
            // A replica that hears no more may have answered early; what it said is still to be read.
            loop.note("sending a body", e);
            deaf = true;
        }
    }
}
