package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.NoReplicaAvailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a replica, until its response has gone back. It is used for one request of a client after
 * another. Every request that it accepts ends in exactly one {@link Outcome}.
 */
final class Exchange {

    private final Loop loop;
    private final ClientConnection client;
    private final Settings settings;
    private final Hold hold;
    private final Body request;
    private final ResponseRelay relay;
    private final AccessNotes notes;
    private final RequestFacts facts = new RequestFacts();
    /** The head, and what came of the body with it, for as long as it may have to be sent again. */
    private final Stash replay = new Stash();

    private @Nullable CompletableFuture<Lease> waiting;
    private @Nullable UpstreamConnection upstream;
    private @Nullable Tunnel tunnel;
    private boolean underWay;
    private boolean deaf;
    private boolean triedAgain;

    Exchange(Loop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
        settings = loop.settings();
        hold = new Hold(settings.orchestrator(), settings.timeouts().patience());
        request = new Body(settings.limits().trailerBytes());
        relay = new ResponseRelay(loop, client, this, facts);
        notes = new AccessNotes(settings.accessLog());
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Begins with the request that the loop has just parsed; its body, and perhaps more, stands in this range. */
    void begin(int bodyStart, int to) {
        RequestHead head = loop.requestHead();
        facts.note(head, loop.requestRewrite());
        notes.begin(head, loop.now());
        loop.tally().accept();
        loop.retries().request(loop.now());
        underWay = true;
        deaf = false;
        triedAgain = false;
        relay.clear();
        frame(head);
        if (head.hops() == 0) {
            end(Outcome.COMPLETED);
            client.answerAndClose(Reply.lastHop().bytes(ResponseRewrite.Persistence.CLOSE));
            return;
        }
        int taken = take(bodyStart, to);
        if (taken >= 0) {
            int from = rewriteBefore(bodyStart);
            expectRest();
            dispatch(from, bodyStart + taken);
        }
    }

    private void frame(RequestHead head) {
        if (head.chunked()) {
            request.chunked();
        } else {
            request.ofLength(Math.max(0, head.contentLength()));
        }
    }

    /** Takes the body's part of this range and leaves the rest to the client; -1 when the request was refused. */
    private int take(int from, int to) {
        int taken = request.take(loop.buffer(), from, to);
        if (taken == Body.REFUSED) {
            refuse(request.refusal());
            return -1;
        }
        if (request.dataBytes() > settings.limits().bodyBytes()
                || request.dataBytes() + request.knownLeft() > settings.limits().bodyBytes()) {
            refuse(Refusal.LARGE_BODY);
            return -1;
        }
        if (from + taken < to) {
            client.stash().set(loop.buffer(), from + taken, to);
        }
        return taken;
    }

    /** Writes the new head right before the body, so that both go out in one write without a copy of the body. */
    private int rewriteBefore(int bodyStart) {
        HeadWriter writer = loop.writer();
        loop.requestRewrite().write(loop.requestHead(), client.peer(), writer);
        int from = bodyStart - writer.length();
        loop.buffer().put(from, writer.bytes(), 0, writer.length());
        return from;
    }

    private void expectRest() {
        if (request.ended()) {
            client.expectNothing();
        } else {
            client.expectBody();
        }
    }

    private void dispatch(int from, int to) {
        try {
            CompletableFuture<Lease> answer = hold.take();
            if (answer == null) {
                send(from, to);
            } else {
                replay.set(loop.buffer(), from, to);
                await(answer);
            }
        } catch (NoReplicaAvailableException none) {
            shed(none);
        }
    }

    private void await(CompletableFuture<Lease> answer) {
        waiting = answer;
        client.neverLate();
        var unused = answer.whenComplete((lease, thrown) -> loop.submit(() -> granted(answer, lease, thrown)));
    }

    private void granted(CompletableFuture<Lease> answer, @Nullable Lease lease, @Nullable Throwable thrown) {
        if (waiting != answer) {
            if (lease != null) {
                Hold.giveBack(lease);
            }
            return;
        }
        waiting = null;
        if (lease == null) {
            shed(thrown == null ? new IllegalStateException("no lease") : thrown);
        } else {
            hold.take(lease);
            sendReplay();
        }
    }

    private void sendReplay() {
        send(0, replay.copyTo(loop.buffer(), 0));
    }

    /** Sends the beginning of the request to the replica that is held, over a pooled connection or a new one. */
    private void send(int from, int to) {
        notes.askedOf(hold);
        UpstreamPool pool = loop.pools().of(hold.replica(), hold.endpoint());
        // What may be sent twice need not know whether the replica closes the connection at this moment.
        UpstreamConnection pooled = facts.isIdempotent() ? pool.take() : pool.takeSurelyOpen();
        if (pooled == null) {
            replay.set(loop.buffer(), from, to);
            connect(pool);
            return;
        }
        attach(pooled);
        try {
            pooled.write(from, to);
            keepForReplay(from, to);
            sent(pooled);
        } catch (IOException e) {
            replay.set(loop.buffer().clear(), from, to);
            retry(e);
        }
    }

    private void keepForReplay(int from, int to) {
        if (facts.isIdempotent() && request.ended()) {
            replay.set(loop.buffer(), from, to);
        } else {
            replay.clear();
        }
    }

    private void connect(UpstreamPool pool) {
        try {
            UpstreamConnection fresh = pool.connect();
            attach(fresh);
            client.neverLate();
            if (fresh.isConnected()) {
                connected();
            } else {
                fresh.late(settings.nanos().connect());
            }
        } catch (IOException e) {
            hold.failed(e);
            retry(e);
        }
    }

    private void attach(UpstreamConnection connection) {
        upstream = connection;
        connection.serve(this);
        relay.begin(connection);
    }

    /** The connection that this waited for stands. */
    void connected() {
        UpstreamConnection fresh = upstream;
        if (fresh == null) {
            return;
        }
        int end = replay.copyTo(loop.buffer(), 0);
        try {
            fresh.write(0, end);
            keepForReplay(0, end);
            sent(fresh);
            if (!request.ended()) {
                client.renewBody();
                client.resumeReading();
            }
        } catch (IOException e) {
            hold.failed(e);
            retry(e);
        }
    }

    /** Some of the request has gone out: says who is to do something next, and until when. */
    private void sent(UpstreamConnection to) {
        if (to.hasUnsent()) {
            to.late(settings.nanos().stream());
            pauseBody();
        } else if (request.ended() && !relay.hasBegun()) {
            to.late(settings.nanos().responseHead());
        } else if (!relay.hasBegun()) {
            to.neverLate();
        }
    }

    /** The client waits for the replica: that is not the client's doing, so it cannot be late. */
    private void pauseBody() {
        if (!request.ended()) {
            client.pauseReading();
            client.neverLate();
        }
    }

    /** Whether the next piece of the request's body can go on at once. */
    boolean takesBody() {
        return upstream != null && upstream.isConnected() && !upstream.hasUnsent();
    }

    /** A piece of the request's body has come, and perhaps more. */
    void body(int from, int to) {
        int taken = take(from, to);
        if (taken < 0) {
            return;
        }
        if (request.ended()) {
            client.expectNothing();
        }
        UpstreamConnection open = upstream;
        if (open == null || deaf) {
            return;
        }
        try {
            open.write(from, from + taken);
            sent(open);
        } catch (IOException e) {
            // A replica that hears no more may have answered early; what it said is still to be read.
            loop.note("sending a body", e);
            deaf = true;
        }
    }

    void upstreamDrained() throws IOException {
        UpstreamConnection open = upstream;
        if (tunnel != null) {
            tunnel.drained(open == null ? client : open);
        } else if (open != null) {
            sent(open);
            if (!request.ended()) {
                client.renewBody();
                client.resumeReading();
            }
        }
    }

    void upstreamReadable() throws IOException {
        UpstreamConnection open = upstream;
        if (tunnel != null && open != null) {
            tunnel.readable(open);
        } else {
            relay.readable();
        }
    }

    void clientDrained() {
        relay.clientDrained();
    }

    boolean isRequestRead() {
        return request.ended();
    }

    Tunnel tunnel() {
        if (tunnel == null) {
            throw new IllegalStateException("There is no tunnel");
        }
        return tunnel;
    }

    /** The replica has agreed to another protocol. */
    void becomeTunnel(UpstreamConnection to) throws IOException {
        replay.clear();
        tunnel = new Tunnel(loop, client, to, () -> {
            hold.end();
            end(Outcome.COMPLETED);
        });
        tunnel.begin();
    }

    /** The response has been read: the replica is free, and its connection if nothing is left over on it. */
    void release(UpstreamConnection done, boolean reusable) {
        upstream = null;
        done.neverLate();
        if (reusable && request.ended() && !deaf && !done.hasUnsent()) {
            done.giveBack();
        } else {
            done.close();
        }
        hold.end();
    }

    /** The response has been sent. */
    void complete(boolean persists) {
        end(Outcome.COMPLETED);
        if (persists) {
            client.next();
        } else {
            client.linger();
        }
    }

    void upstreamLate() {
        UpstreamConnection open = upstream;
        if (open != null) {
            String what = open.isConnected() ? "no answer" : "no connection";
            upstreamBroken(new SocketTimeoutException(what + " from " + open + " in time"));
        }
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
        boolean neverLeft = !lost.isConnected();
        // A replica may close an idle connection at any time; that says nothing against it.
        boolean stale = lost.isUsed() && !relay.hasHeard() && !(cause instanceof SocketTimeoutException);
        if (!stale) {
            hold.failed(cause);
        }
        boolean mayRepeat = !replay.isEmpty() && !relay.hasHeard() && !(cause instanceof SocketTimeoutException);
        if (neverLeft) {
            retry(cause);
        } else if (mayRepeat && !triedAgain) {
            triedAgain = true;
            retry(cause);
        } else if (relay.hasBegun()) {
            truncate();
        } else {
            fail(cause);
        }
    }

    /** Sends the request again: to a replica that it has not tried, or over a new connection where one was stale. */
    private void retry(IOException cause) {
        UpstreamConnection lost = upstream;
        boolean wasStale = lost != null && lost.isUsed();
        dropUpstream();
        if (!loop.retries().take(loop.now())) {
            fail(new IOException(cause.getMessage() + "; too many requests are being retried already", cause));
        } else if (hold.moveOn()) {
            loop.tally().retry();
            sendReplay();
        } else if (wasStale) {
            loop.tally().retry();
            connect(loop.pools().of(hold.replica(), hold.endpoint()));
        } else {
            fail(cause);
        }
    }

    private void dropUpstream() {
        UpstreamConnection dropped = upstream;
        upstream = null;
        relay.clear();
        if (dropped != null) {
            dropped.close();
        }
    }

    /** The replica broke off within its response. The client must see that something is missing. */
    private void truncate() {
        dropUpstream();
        hold.end();
        end(Outcome.FAILED);
        client.reset();
    }

    private void fail(IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        dropUpstream();
        hold.end();
        boolean late = cause instanceof SocketTimeoutException;
        answer(late ? Reply.gatewayTimeout(reason) : Reply.badGateway(reason), Outcome.FAILED);
    }

    /** The replica's response breaks the rules, and nothing of it was sent on. */
    void failBadly(String reason) {
        IOException cause = new IOException("the replica's response was refused: " + reason);
        hold.failed(cause);
        fail(cause);
    }

    private void shed(Throwable none) {
        answer(Reply.noReplica(Hold.reason(none)), Outcome.SHED);
    }

    private void answer(Reply reply, Outcome outcome) {
        relay.answered(reply.status());
        boolean persists = request.ended() && facts.persists() && !loop.isDraining();
        ResponseRewrite.Persistence line = relay.persistence(persists);
        byte[] bytes = facts.isHead() ? reply.headOnly(line) : reply.bytes(line);
        end(outcome);
        if (persists) {
            client.answer(bytes);
        } else {
            client.answerAndClose(bytes);
        }
    }

    /** What the client sends goes beyond a limit or breaks the rules, after its head was accepted. */
    void refuse(Refusal why) {
        boolean begun = relay.hasBegun();
        dropUpstream();
        hold.abandon();
        cancelWait();
        end(Outcome.SHED);
        if (begun) {
            client.reset();
        } else {
            Reply reply = Reply.refused(why, settings.limits());
            client.answerAndClose(reply.bytes(ResponseRewrite.Persistence.CLOSE));
        }
    }

    /** The client went away, or takes too long to take its response. */
    void abandon() {
        cancelWait();
        if (tunnel != null) {
            tunnel.end();
            return;
        }
        dropUpstream();
        hold.abandon();
        end(Outcome.ABANDONED);
        client.close();
    }

    private void cancelWait() {
        CompletableFuture<Lease> answer = waiting;
        waiting = null;
        if (answer != null) {
            answer.cancel(false);
        }
    }

    private void end(Outcome outcome) {
        if (!underWay) {
            return;
        }
        underWay = false;
        upstream = null;
        tunnel = null;
        replay.clear();
        loop.tally().end(outcome);
        notes.end(client.peer(), relay.status(), request.dataBytes(), relay.dataBytes(), outcome);
    }
}
