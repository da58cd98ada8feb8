package io.symphony.proxy;

import io.symphony.proxy.cache.Answer;
import io.symphony.proxy.cache.CacheRequest;
import io.symphony.proxy.cache.Fields;
import io.symphony.proxy.cache.Recording;
import io.symphony.proxy.cache.Step;
import io.symphony.proxy.cache.Turn;
import io.symphony.proxy.cache.Visit;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cache has to do with one exchange after another: it answers in place of a replica, has a request wait for
 * another one, or listens to what a replica says. Where there is no cache, there is none of these.
 */
final class Caching {

    private final Loop loop;
    private final Exchange exchange;
    private final ClientConnection client;
    private final SharedCache cache;
    private final Hold hold;
    private final RequestFacts facts;
    private final StoredReply reply;
    private final ContentCopy content;
    /** The head of a request that waits, for others are read meanwhile. */
    private final Stash waiting = new Stash();

    private @Nullable Visit visit;
    private @Nullable Recording recording;
    private @Nullable Answer instead;
    private byte[] question = {};

    Caching(Loop loop, ClientConnection client, Exchange exchange, SharedCache cache, Hold hold, RequestFacts facts) {
        this.loop = loop;
        this.exchange = exchange;
        this.client = client;
        this.cache = cache;
        this.hold = hold;
        this.facts = facts;
        reply = new StoredReply(loop, client, exchange);
        content = new ContentCopy(loop.settings().limits());
    }

    /** Looks for a request that has just been read; whether it has taken it over from the exchange. */
    boolean takesOver(RequestHead head) {
        question = new byte[0];
        Optional<CacheRequest> request = facts.upgrades()
                ? Optional.empty()
                : CacheHeads.request(head, client.peer().origin().scheme());
        if (request.isEmpty()) {
            return false;
        }
        Visit begun = cache.visit(request.get());
        visit = begun;
        return follow(begun, head);
    }

    private boolean follow(Visit of, RequestHead head) {
        Step step = of.next();
        if (step instanceof Step.Serve serve) {
            serve.refresh().ifPresent(due -> cache.refresh(hold.orchestrator(), due, client.peer()));
            answer(serve.answer());
        } else if (step instanceof Step.Wait wait) {
            waiting.set(ByteBuffer.wrap(head.bytes()), head.start(), head.end());
            var unused = wait.landing().whenComplete((landed, thrown) -> loop.submit(() -> resume(of)));
        } else if (step instanceof Step.Refuse) {
            exchange.ending().answer(Reply.notStored(), Outcome.COMPLETED);
        } else if (step instanceof Step.Ask ask) {
            ask(ask.question(), head);
            return false;
        }
        return true;
    }

    private void ask(Fields fields, RequestHead head) {
        if (!fields.isEmpty()) {
            CacheHeads.dropConditions(head);
            question = CacheHeads.lines(fields);
        }
    }

    /** The request that this one waited for has landed, or took too long. */
    private void resume(Visit waited) {
        if (visit != waited) {
            return; // the client has gone
        }
        int end = waiting.copyTo(loop.buffer(), Loop.ROOM_BEFORE);
        waiting.clear();
        loop.buffer().get(Loop.ROOM_BEFORE, loop.headBytes(), 0, end - Loop.ROOM_BEFORE);
        loop.requestHead().parse(loop.headBytes(), 0, end - Loop.ROOM_BEFORE);
        if (!follow(waited, loop.requestHead())) {
            exchange.forward(end, end);
        }
    }

    /** Adds to a head for a replica what the cache wants to know of it. */
    void addTo(HeadWriter head) {
        if (question.length > 0) {
            head.reopen().put(question).line();
        }
    }

    /** A response's head has been written for the client; whether the client is to get an answer of the cache instead. */
    boolean answered(int status, HeadWriter head, Body body) {
        Visit of = visit;
        if (of == null) {
            return false;
        }
        if (body.endsWithConnection()) {
            of.keepNothing();
        }
        ForwardHead.Lines lines = ForwardHead.Lines.of(head);
        Turn turn = of.answered(status, lines.reason(), CacheHeads.fields(lines.fields()));
        if (turn instanceof Turn.Serve serve) {
            instead = serve.answer();
        } else if (turn instanceof Turn.Relay relay) {
            relay.cacheStatus().ifPresent(told -> tell(head, told));
            recording = relay.recording().orElse(null);
            content.begin(body);
        }
        return instead != null;
    }

    private static void tell(HeadWriter head, String cacheStatus) {
        head.reopen().put(Octets.ascii("Cache-Status: " + cacheStatus)).line().line();
    }

    /** The replica's connection is done with; the client gets the answer of the cache. */
    void answerInstead() {
        Answer due = instead;
        instead = null;
        if (due != null) {
            answer(due);
        }
    }

    /** A piece of the response, which stands in this range, goes to the client. */
    void record(int from, int to) {
        if (recording != null && from < to) {
            recording.add(content.of(loop.buffer(), from, to));
        }
    }

    /** The response is whole. */
    void complete() {
        Recording whole = recording;
        recording = null;
        if (whole != null) {
            whole.complete();
        }
    }

    /** Whether a stored response answers a request that no replica has answered. */
    boolean standsIn() {
        Optional<Answer> answer = visit == null ? Optional.empty() : visit.failed();
        answer.ifPresent(this::answer);
        return answer.isPresent();
    }

    private void answer(Answer answer) {
        boolean persists = exchange.ending().beginStored(answer.status(), answer.body().length);
        byte[] head = CacheHeads.head(answer, facts.persistence(persists));
        reply.begin(head, answer.body(), persists);
    }

    /** Goes on with an answer that the client is slow to take; whether there is one. */
    boolean goesOn() {
        boolean underWay = reply.isUnderWay();
        if (underWay) {
            reply.goOn();
        }
        return underWay;
    }

    /** The exchange is over. */
    void end() {
        Visit ended = visit;
        visit = null;
        recording = null;
        waiting.clear();
        reply.forget();
        if (ended != null) {
            ended.end();
        }
    }
}
