package io.symphony.proxy;

import io.symphony.routing.ShedReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What idempotency keys have to do with one exchange after another. Where they mean nothing, there is none of these. */
final class Repeats {

    private static final byte[] CONTINUE = Octets.ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private final Loop loop;
    private final ClientConnection client;
    private final Exchange exchange;
    private final Hold hold;
    private final FirstAnswers answers;
    private final ContentCopy question;
    private final ContentCopy answer;
    private @Nullable KeyedRequest keyed;

    Repeats(Loop loop, ClientConnection client, Exchange exchange, Hold hold, FirstAnswers answers) {
        this.loop = loop;
        this.client = client;
        this.exchange = exchange;
        this.hold = hold;
        this.answers = answers;
        question = new ContentCopy(loop.settings().limits());
        answer = new ContentCopy(loop.settings().limits());
    }

    /** Looks at a request whose head has just been read: the answer to one that is turned away. */
    @Nullable
    Reply refusal(RequestHead head) {
        keyed = answers.of(head, hold.service());
        if (head.chunked()) {
            question.beginChunks();
        } else {
            question.beginBytes();
        }
        return keyed instanceof KeyedRequest.Refused refused ? refused.reply() : null;
    }

    /** A piece of the request's body has come, which stands in this range. */
    void read(int from, int to) {
        if (keyed != null && from < to) {
            keyed.read(question.of(loop.buffer(), from, to));
        }
    }

    /** Whether its key has an answer, so that the request is only read. */
    boolean isRepeat() {
        return keyed instanceof RepeatedRequest;
    }

    /** Goes on with a repeat that has been read so far; false where it is none. */
    boolean takesOver() {
        if (!(keyed instanceof RepeatedRequest repeat)) {
            return false;
        }
        if (exchange.isRequestRead()) {
            end(repeat.verdict());
        }
        return true;
    }

    private void end(RepeatedRequest.Verdict verdict) {
        if (verdict.outcome() == Outcome.SHED) {
            hold.turnAway(ShedReason.REFUSED);
        }
        exchange.ending().answer(verdict.reply(), verdict.outcome());
    }

    /** Asks a client for its content that waits to be asked. */
    void encourage(RequestHead head) {
        if (!head.continues() || exchange.isRequestRead()) {
            return;
        }
        loop.buffer().clear().put(0, CONTINUE);
        try {
            client.write(0, CONTINUE.length);
        } catch (IOException e) {
            loop.note("sending a 100", e);
            exchange.ending().abandon();
        }
    }

    /** The head of a replica's response has been written for the client. */
    void answered(int status, HeadWriter head, Body body) {
        if (keyed instanceof FirstRequest first) {
            ForwardHead.Lines lines = ForwardHead.Lines.of(head);
            first.answered(status, lines.reason(), lines.fields());
            answer.begin(body);
        }
    }

    /** A piece of its body is about to go to the client. */
    void record(int from, int to) {
        if (keyed instanceof FirstRequest first && from < to) {
            first.record(answer.of(loop.buffer(), from, to));
        }
    }

    /** The response is whole. One that came before the whole request is no answer to it. */
    void complete() {
        if (keyed instanceof FirstRequest first && exchange.isRequestRead()) {
            first.complete();
        }
    }

    /** The exchange is over. */
    void end() {
        if (keyed instanceof FirstRequest first) {
            first.end();
        }
        keyed = null;
    }
}
