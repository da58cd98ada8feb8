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
    private final Copy copy;
    private final Stopwatch stopwatch;

    private @Nullable UpstreamConnection upstream;
    private @Nullable Tunnel tunnel;
    private boolean asked;

    Attempt(Loop loop, ClientConnection client, Exchange exchange, ResponseRelay relay, Hold hold, RequestFacts facts) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.relay = relay;
        request = new RequestRelay(loop, client, exchange, relay);
        this.hold = hold;
        this.facts = facts;
        nanos = loop.settings().nanos();
        copy = new Copy(loop, exchange, facts);
        stopwatch = new Stopwatch(loop, loop.tally().asked());
    }

    /** Gets ready for a new request. */
    void clear() {
        request.clear();
        relay.clear();
        copy.clear();
        upstream = null;
        tunnel = null;
        asked = false;
    }

    /** Keeps the beginning of a request, which stands in this range, until it can be sent. */
    void keep(int from, int to) {
        copy.keep(from, to);
    }

    void sendKept() {
        if (asked) {
            loop.tally().retry();
        }
        send(0, copy.restore());
    }

    /** Sends the beginning of a request, which stands in this range. */
    void send(int from, int to) {
        if (!copy.mayBeRepeated()) {
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
            copy.leaves(from, to);
            request.sent(pooled);
            request.goOn();
        } catch (IOException e) {
            loop.buffer().clear();
            keep(from, to);
            ended(RequestError.CLOSED);
            sendAgain(Loss.UNSENT, e);
        }
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
            sendAgain(Loss.UNCONNECTED, e);
        }
    }

    private void attach(UpstreamConnection connection) {
        upstream = connection;
        asked = true;
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
        int end = copy.restore();
        try {
            fresh.write(0, end);
            copy.leaves(0, end);
            request.sent(fresh);
            request.goOn();
        } catch (IOException e) {
            hold.failed(e);
            ended(RequestError.CLOSED);
            sendAgain(Loss.UNCONNECTED, e);
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
        if (relay.hasBegun()) {
            exchange.ending().truncate();
        } else {
            sendAgain(loss, cause);
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

    /**
     * Sends what was kept to a replica that has not been tried, over a new connection where one was stale, or to the
     * first that can be had.
     */
    private void sendAgain(Loss loss, IOException cause) {
        boolean granted = copy.mayGoAgain(loss);
        dropConnection();
        if (granted && hold.moveOn()) {
            sendKept();
        } else if (granted && loss.wasPooled()) {
            loop.tally().retry();
            connect(loop.pools().of(hold.replica(), hold.endpoint()));
        } else if (granted && hold.mayWait()) {
            exchange.await(hold.waitForAnother());
        } else {
            exchange.ending().fail(cause);
        }
    }

    /** The replica is suspected to hang: moves on what may be sent again and has got no answer yet, if it can. */
    void leave(ReplicaId suspect) {
        boolean waits = upstream != null && tunnel == null && !relay.hasHeard() && copy.isHere();
        if (waits && hold.replica().equals(suspect) && loop.retries().take(loop.now()) && hold.moveOn()) {
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
        copy.drop();
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
        copy.drop();
        ended(RequestError.NONE);
        exchange.ending().switched();
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
