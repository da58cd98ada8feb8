package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.NoReplicaAvailableException;
import io.symphony.Orchestrator;
import io.symphony.routing.ShedReason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to its outcome. It takes the body in, waits for a replica, has an {@link Attempt} send it
 * there, and ends in exactly one {@link Outcome}. It is used for one request of a client after another.
 */
final class Exchange {

    private static final byte[] SET_COOKIE = Octets.ascii("Set-Cookie: ");

    private final Loop loop;
    private final ClientConnection client;
    private final Settings settings;
    private final Hold hold;
    private final Intake request;
    private final ResponseRelay relay;
    private final Attempt attempt;
    private final AccessNotes notes;
    private final Wait wait;
    private final @Nullable Caching caching;
    private final @Nullable Repeats repeats;
    private final @Nullable Hearers hearers;
    private final Ending ending;
    private final RequestFacts facts = new RequestFacts();

    Exchange(Loop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
        settings = loop.settings();
        hold = new Hold(settings.timeouts().patience(), settings.affinity());
        wait = new Wait(loop, this);
        request = new Intake(loop, client);
        relay = new ResponseRelay(loop, client, this, facts);
        attempt = new Attempt(loop, client, this, relay, hold, facts);
        notes = new AccessNotes(settings.accessLog());
        SharedCache cache = settings.cache();
        caching = cache == null ? null : new Caching(loop, client, this, cache, hold, facts);
        FirstAnswers answers = settings.answers();
        repeats = answers == null ? null : new Repeats(loop, client, this, hold, answers);
        hearers = Hearers.of(repeats, caching);
        ending = new Ending(loop, client, this, hold, wait, request, facts);
    }

    boolean isUnderWay() {
        return ending.isAwaited();
    }

    /** Whether a response has begun, or there is a tunnel. */
    boolean isStreaming() {
        return isUnderWay() && (attempt.isTunnel() || relay.hasBegun());
    }

    boolean isRequestRead() {
        return request.isWhole();
    }

    AccessNotes notes() {
        return notes;
    }

    Attempt attempt() {
        return attempt;
    }

    Ending ending() {
        return ending;
    }

    ResponseRelay relay() {
        return relay;
    }

    @Nullable
    Hearers hearers() {
        return hearers;
    }

    /** Begins with the request that the loop has just parsed; its body, and perhaps more, stands in this range. */
    void begin(int bodyStart, int to) {
        RequestHead head = loop.requestHead();
        accept(head);
        Orchestrator service = settings.routes().of(head);
        if (head.hops() == 0 || service == null) {
            ending.answerByOurselves(service == null ? Reply.noRoute() : Reply.lastHop());
            return;
        }
        hold.on(service);
        Reply refusal = refusal(head);
        if (!takes(bodyStart, to)) {
            return;
        }
        if (refusal != null) {
            ending.answer(refusal, Outcome.SHED); // the connection goes on if the whole request is here already
            return;
        }
        request.expectRest();
        if (repeats != null && repeats.takesOver()) {
            repeats.encourage(head);
        } else if (caching == null || !caching.takesOver(head)) {
            forward(bodyStart, request.end());
        }
    }

    /** Takes in what has come; false when that was refused. */
    private boolean takes(int from, int to) {
        Refusal why = request.take(from, to);
        if (why != null) {
            ending.refuse(why);
        } else if (repeats != null) {
            repeats.read(from, request.end());
        }
        return why == null;
    }

    /** The answer to a request that is turned away before a replica is asked. */
    private @Nullable Reply refusal(RequestHead head) {
        long waitNanos = settings.rates() == null ? 0 : settings.rates().take(head, client.peer(), loop.now());
        if (waitNanos > 0) {
            hold.turnAway(ShedReason.RATE_LIMITED);
            return Reply.tooMany(waitNanos);
        }
        Reply refusal = repeats == null ? null : repeats.refusal(head);
        if (refusal != null) {
            hold.turnAway(ShedReason.REFUSED);
        }
        return refusal;
    }

    /** Sends the request whose head the loop has parsed, and this range of its body, to a replica. */
    void forward(int bodyStart, int to) {
        int from = request.rewriteBefore(bodyStart, caching);
        notes.rewritten(loop.requestHead(), loop.requestRewrite());
        dispatch(from, to);
    }

    private void accept(RequestHead head) {
        facts.note(head, loop.requestRewrite());
        notes.begin(head, loop.now());
        ending.begin();
        loop.retries().request(loop.now());
        attempt.clear();
        request.begin(head);
    }

    private void dispatch(int from, int to) {
        try {
            CompletableFuture<Lease> answer = hold.take(loop.requestHead(), client.peer());
            if (answer == null) {
                send(from, to);
            } else {
                attempt.keep(from, to);
                await(answer);
            }
        } catch (NoReplicaAvailableException none) {
            ending.shed(none);
        }
    }

    private void send(int from, int to) {
        notes.askedOf(hold);
        attempt.send(from, to);
    }

    /** Waits for a replica; what is kept of the request is sent to it. */
    void await(CompletableFuture<Lease> answer) {
        client.neverLate();
        wait.begin(answer);
    }

    /** The replica that this waited for is there. */
    void granted(Lease lease) {
        hold.take(lease);
        notes.askedOf(hold);
        attempt.sendKept();
    }

    /** A piece of the request's body has come, and perhaps more. */
    void body(int from, int to) {
        if (!takes(from, to)) {
            return;
        }
        if (request.isWhole()) {
            client.expectNothing();
        }
        if (repeats == null || !repeats.takesOver()) {
            attempt.body(from, request.end());
        }
    }

    /** Whether the next piece of the request's body can be taken. */
    boolean takesBody() {
        return repeats != null && repeats.isRepeat() || attempt.takesBody();
    }

    /** The client takes more again. */
    void clientDrained() {
        if (caching == null || !caching.goesOn()) {
            relay.clientDrained();
        }
    }

    /** Adds to the head of a replica's response what the client is told besides. */
    void addTo(HeadWriter head) {
        Optional<String> cookie = hold.cookie();
        if (cookie.isPresent()) {
            head.reopen().put(SET_COOKIE).put(Octets.ascii(cookie.get())).line().line();
        }
    }

    /** The replica answers with an error of its own, which goes to the client like any answer. */
    void erred() {
        hold.erred();
    }
}
