package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The sending of one request to the replica that is held, over a pooled connection or a new one, and again to another
 * replica where that is safe: when it never left, or when it may be repeated and no byte of an answer came.
 */
final class Attempt {

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final RequestRelay request;
    private final ResponseRelay relay;
    private final Hold hold;
    private final RequestFacts facts;
    private final Settings.Nanos nanos;
    /** The head, and what came of the body with it, for as long as it may have to be sent again. */
    private final Stash kept = new Stash();

    private final Stopwatch stopwatch;

    private @Nullable UpstreamConnection upstream;
    private @Nullable Tunnel tunnel;
    private boolean repeated;

    Attempt(Loop loop, ClientConnection client, Exchange exchange, ResponseRelay relay, Hold hold, RequestFacts facts) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.relay = relay;
        request = new RequestRelay(loop, client, exchange, relay);
        this.hold = hold;
        this.facts = facts;
        nanos = loop.settings().nanos();
        stopwatch = new Stopwatch(loop, loop.tally().asked());
    }

    /** Gets ready for a new request. */
    void clear() {
        request.clear();
        relay.clear();
        kept.clear();
        upstream = null;
        tunnel = null;
        repeated = false;
    }

    /** Keeps the beginning of a request, which stands in this range, until it can be sent. */
    void keep(int from, int to) {
        kept.set(loop.buffer(), from, to);
    }

    void sendKept() {
        send(0, kept.copyTo(loop.buffer(), 0));
    }

    /** Sends the beginning of a request, which stands in this range. */
    void send(int from, int to) {
        if (!mayBeRepeated()) {
            hold.leaveTrial();
        }
        UpstreamPool pool = loop.pools().of(hold.replica(), hold.endpoint());
        // What may be sent twice need not know whether the replica closes the connection at this moment.
        UpstreamConnection pooled = facts.isIdempotent() ? pool.take() : pool.takeSurelyOpen();
        if (pooled == null) {
            keep(from, to);
            connect(pool);
            return;
        }
        stopwatch.start();
        attach(pooled);
        try {
            pooled.write(from, to);
            keepWhatMayBeRepeated(from, to);
            request.sent(pooled);
        } catch (IOException e) {
            loop.buffer().clear();
            keep(from, to);
            ended(RequestError.CLOSED);
            sendAgain(e);
        }
    }

    private void keepWhatMayBeRepeated(int from, int to) {
        if (mayBeRepeated()) {
            keep(from, to);
        } else {
            kept.clear();
        }
    }

    private boolean mayBeRepeated() {
        return facts.isIdempotent() && exchange.isRequestRead();
    }

    private void connect(UpstreamPool pool) {
        stopwatch.start();
        try {
            UpstreamConnection fresh = pool.connect();
            attach(fresh);
            client.neverLate();
            if (fresh.isConnected()) {
                connected();
            } else {
                fresh.late(nanos.connect());
            }
        } catch (IOException e) {
            Loss.UNCONNECTED.charge(hold, e);
            ended(RequestError.CONNECT);
            sendAgain(e);
        }
    }

    private void attach(UpstreamConnection connection) {
        upstream = connection;
        connection.serve(this);
        request.begin(connection);
        relay.begin(connection);
    }

    /** The connection that this waited for stands. */
    void connected() {
        UpstreamConnection fresh = upstream;
        if (fresh == null) {
            return;
        }
        int end = kept.copyTo(loop.buffer(), 0);
        try {
            fresh.write(0, end);
            keepWhatMayBeRepeated(0, end);
            request.sent(fresh);
            request.goOn();
        } catch (IOException e) {
            hold.failed(e);
            ended(RequestError.CLOSED);
            sendAgain(e);
        }
    }

    /** Whether the next piece of the request's body can go on at once. */
    boolean takesBody() {
        return request.takesBody();
    }

    /** Sends a piece of the request's body. */
    void body(int from, int to) {
        request.body(from, to);
    }

    void upstreamDrained(UpstreamConnection open) throws IOException {
        if (tunnel != null) {
            tunnel.drained(open);
        } else {
            request.sent(open);
            request.goOn();
        }
    }

    void upstreamReadable(UpstreamConnection open) throws IOException {
        if (tunnel != null) {
            tunnel.readable(open);
        } else {
            relay.readable();
        }
    }

    void upstreamLate(UpstreamConnection open) {
        String what = open.isConnected() ? "no answer" : "no connection";
        upstreamBroken(new SocketTimeoutException(what + " from " + open + " in time"));
    }

    /** The connection to the replica failed, or ended too early. */
    void upstreamBroken(IOException cause) {
        UpstreamConnection lost = upstream;
        if (lost == null) {
            return;
        }
        if (tunnel != null) {
            tunnel.end();
            return;
        }
        Loss loss = loss(lost, cause);
        ended(RequestError.of(loss, cause));
        loss.charge(hold, cause);
        if (loss.leavesAnyRequestToSend()) {
            sendAgain(cause);
        } else if (loss.leavesWhatMayBeRepeated() && !kept.isEmpty() && !repeated) {
            repeated = true;
            sendAgain(cause);
        } else if (relay.hasBegun()) {
            exchange.truncate();
        } else {
            exchange.fail(cause);
        }
    }

    private Loss loss(UpstreamConnection lost, IOException cause) {
        if (!lost.isConnected()) {
            return Loss.UNCONNECTED;
        }
        if (cause instanceof SocketTimeoutException) {
            return Loss.LATE;
        }
        if (relay.hasHeard()) {
            return Loss.BROKEN;
        }
        return lost.isUsed() ? Loss.STALE : Loss.SILENT;
    }

    /** Sends what was kept to a replica that has not been tried, or over a new connection where one was stale. */
    private void sendAgain(IOException cause) {
        boolean wasStale = upstream != null && upstream.isUsed();
        dropConnection();
        if (!loop.retries().take(loop.now())) {
            exchange.fail(cause);
        } else if (hold.moveOn()) {
            loop.tally().retry();
            sendKept();
        } else if (wasStale) {
            loop.tally().retry();
            connect(loop.pools().of(hold.replica(), hold.endpoint()));
        } else {
            exchange.fail(cause);
        }
    }

    /** The replica is suspected to hang: moves on what may be sent again and has got no answer yet, if it can. */
    void leave(ReplicaId suspect) {
        boolean waits = upstream != null && tunnel == null && !relay.hasHeard() && !kept.isEmpty();
        if (waits && hold.replica().equals(suspect) && loop.retries().take(loop.now()) && hold.moveOn()) {
            loop.tally().retry();
            dropConnection();
            sendKept();
        }
    }

    /** The response has been read: the replica is free, and its connection if nothing is left over on it. */
    void release(UpstreamConnection done, boolean reusable) {
        ended(RequestError.NONE);
        upstream = null;
        request.end();
        done.neverLate();
        if (reusable && exchange.isRequestRead() && !request.isDeaf() && !done.hasUnsent()) {
            done.giveBack();
        } else {
            done.close();
        }
        hold.end();
    }

    /** Gives the connection up, with whatever is on it. */
    void drop() {
        dropConnection();
        kept.clear();
    }

    private void dropConnection() {
        UpstreamConnection dropped = upstream;
        ended(RequestError.CANCELLED);
        upstream = null;
        request.end();
        relay.clear();
        if (dropped != null) {
            dropped.close();
        }
    }

    /** The head of the response has come. */
    void answered(int status) {
        hold.answered(status);
    }

    /** The replica is done with what it was asked, one way or the other. */
    void ended(RequestError error) {
        stopwatch.stop(facts.method(), relay.status(), error);
    }

    /** The replica has agreed to another protocol. */
    void becomeTunnel(UpstreamConnection to) throws IOException {
        kept.clear();
        ended(RequestError.NONE);
        exchange.switched();
        tunnel = new Tunnel(loop, client, to, exchange);
        tunnel.begin();
    }

    boolean isTunnel() {
        return tunnel != null;
    }

    Tunnel tunnel() {
        if (tunnel == null) {
            throw new IllegalStateException("There is no tunnel");
        }
        return tunnel;
    }
}
