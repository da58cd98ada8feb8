package io.symphony.proxy;

import java.nio.ByteBuffer;

/** A request whose key has an answer already. Whether it is its own, shows once its content has been read. */
final class RepeatedRequest implements KeyedRequest {

    private final KeptAnswer answer;
    private final Fingerprint fingerprint;

    RepeatedRequest(KeptAnswer answer, Fingerprint fingerprint) {
        this.answer = answer;
        this.fingerprint = fingerprint;
    }

    @Override
    public void read(ByteBuffer piece) {
        fingerprint.add(piece);
    }

    /** The first answer, or why it does not get that. */
    Verdict verdict() {
        if (!answer.fingerprint().equals(fingerprint.text())) {
            return refused(422, "this Idempotency-Key came with another request before");
        }
        return answer.content()
                .map(content -> new Verdict(Reply.again(answer, content), Outcome.COMPLETED))
                .orElseGet(() -> refused(
                        409,
                        "this request was answered with " + answer.status()
                                + ", and the answer was too large to be kept"));
    }

    private static Verdict refused(int status, String why) {
        return new Verdict(Reply.of(status, why), Outcome.SHED);
    }

    /** What it gets, and how that ends it. */
    record Verdict(Reply reply, Outcome outcome) {}
}
