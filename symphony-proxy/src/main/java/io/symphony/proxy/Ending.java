package io.symphony.proxy;

import io.symphony.health.FailureReason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** How one exchange ends after another: each in exactly one {@link Outcome}, whatever else is said of it later. */
final class Ending {

    private final Loop loop;
    private final ClientConnection client;
    private final Settings settings;
    private final Hold hold;
    private final Wait wait;
    private final Intake request;
    private final RequestFacts facts;
    private final Attempt attempt;
    private final ResponseRelay relay;
    private final AccessNotes notes;
    private final Stopwatch stopwatch;
    private final @Nullable Hearers hearers;

    private boolean underWay;

    Ending(
            Loop loop,
            ClientConnection client,
            Exchange exchange,
            Hold hold,
            Wait wait,
            Intake request,
            RequestFacts facts) {
        this.loop = loop;
        this.client = client;
        this.hold = hold;
        this.wait = wait;
        this.request = request;
        this.facts = facts;
        settings = loop.settings();
        attempt = exchange.attempt();
        relay = exchange.relay();
        notes = exchange.notes();
        hearers = exchange.hearers();
        stopwatch = new Stopwatch(loop, loop.tally().served());
    }

    /** A request has been accepted. */
    void begin() {
        loop.tally().accept();
        stopwatch.start();
        underWay = true;
    }

    /** Whether the request that was accepted last has not ended. */
    boolean isAwaited() {
        return underWay;
    }

    /** Answers for the service, which has no part in it. */
    void answerByOurselves(Reply reply) {
        relay.answered(reply.status(), reply.content().length);
        end(Outcome.COMPLETED);
        client.answerAndClose(reply.bytes(ResponseRewrite.Persistence.CLOSE));
    }

    /** A stored response begins; whether the client's connection goes on after it. */
    boolean beginStored(int status, int contentBytes) {
        relay.answering(status, contentBytes);
        return persists();
    }

    private boolean persists() {
        return request.isWhole() && facts.persists() && !loop.isDraining();
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

    /** The answer to an upgrade has gone out. How long the tunnel lasts is not for the request's duration to say. */
    void switched() {
        stopwatch.stop(facts.method(), relay.status(), RequestError.NONE);
    }

    /** A tunnel has ended, and both its connections are closed. */
    void endTunnel() {
        hold.end();
        end(Outcome.COMPLETED);
    }

    /** The replica broke off within its response. The client must see that something is missing. */
    void truncate() {
        end(Outcome.FAILED);
        attempt.drop();
        hold.end();
        client.reset();
    }

    /** No replica answered, and nothing was sent to the client. */
    void fail(IOException cause) {
        notes.askedOf(hold);
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        attempt.drop();
        hold.lost(cause);
        hold.end();
        if (hearers != null && hearers.standIn()) {
            return;
        }
        boolean late = cause instanceof SocketTimeoutException;
        answer(late ? Reply.gatewayTimeout(reason) : Reply.badGateway(reason), Outcome.FAILED);
    }

    /** The replica's response breaks the rules, and nothing of it was sent on. */
    void failBadly(String reason) {
        IOException cause = new IOException("the replica's response was refused: " + reason);
        hold.failed(FailureReason.GARBAGE, cause);
        attempt.ended(RequestError.MALFORMED);
        fail(cause);
    }

    /** No replica can be had. */
    void shed(Throwable none) {
        if (hearers != null && hearers.standIn()) {
            return;
        }
        answer(
                hold.isMaintained() ? Reply.maintenance(settings.maintenance()) : Reply.noReplica(Hold.reason(none)),
                Outcome.SHED);
    }

    /** Gives an answer that is not a replica's. */
    void answer(Reply reply, Outcome outcome) {
        answered(reply);
        boolean persists = persists();
        ResponseRewrite.Persistence line = facts.persistence(persists);
        byte[] bytes = bytes(reply, line);
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
        if (begun) {
            end(Outcome.SHED);
        }
        wait.cancel();
        attempt.drop();
        hold.refuse();
        if (begun) {
            client.reset();
        } else {
            Reply reply = Reply.refused(why, settings.limits());
            answered(reply);
            end(Outcome.SHED);
            client.answerAndClose(bytes(reply, ResponseRewrite.Persistence.CLOSE));
        }
    }

    /** The listener ends, and no replica has begun to answer. */
    void close() {
        wait.cancel();
        attempt.drop();
        hold.abandon();
        answer(Reply.closing(), Outcome.SHED);
    }

    private void answered(Reply reply) {
        relay.answered(reply.status(), facts.isHead() ? 0 : reply.content().length);
    }

    private byte[] bytes(Reply reply, ResponseRewrite.Persistence line) {
        return facts.isHead() ? reply.headOnly(line) : reply.bytes(line);
    }

    /** The client went away, or takes too long to take its response. */
    void abandon() {
        if (attempt.isTunnel()) {
            attempt.tunnel().end();
            return;
        }
        wait.cancel();
        end(Outcome.ABANDONED);
        attempt.drop();
        hold.abandon();
        client.close();
    }

    private void end(Outcome outcome) {
        if (underWay) {
            underWay = false;
            if (hearers != null) {
                hearers.end();
            }
            loop.tally().end(outcome);
            stopwatch.stop(facts.method(), relay.status(), RequestError.of(outcome, relay));
            notes.end(client.peer(), relay.status(), request.dataBytes(), relay.dataBytes(), outcome);
        }
    }
}
