package io.symphony.proxy;

import io.symphony.routing.ShedReason;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The content of what may be a repeat, on its way to nobody: it is read to see whether it is one. All of it has as long
 * as a piece of another request's.
 */
final class RepeatReading implements Flow.Subscriber<ByteBuffer> {

    private final Forwarder.Parts parts;
    private final RepeatedRequest repeat;
    private final CompletableFuture<ForwardResponse> promise = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private long bytes;

    private RepeatReading(Forwarder.Parts parts, RepeatedRequest repeat) {
        this.parts = parts;
        this.repeat = repeat;
    }

    /** What the repeat gets, once it has been read. */
    static CompletableFuture<ForwardResponse> of(BodyPublisher body, RepeatedRequest repeat, Forwarder.Parts parts) {
        RepeatReading reading = new RepeatReading(parts, repeat);
        var unused = reading.promise.whenComplete((answer, thrown) -> reading.cancel());
        body.subscribe(reading);
        if (!reading.promise.isDone()) {
            CompletableFuture.delayedExecutor(parts.timeouts().body().toNanos(), TimeUnit.NANOSECONDS)
                    .execute(reading::late);
        }
        return reading.promise;
    }

    private void late() {
        fail(ForwarderException.refused(Refusal.LATE_BODY, parts.limits()));
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        bytes += piece.remaining();
        if (bytes > parts.limits().bodyBytes()) {
            fail(ForwarderException.refused(Refusal.LARGE_BODY, parts.limits()));
        } else {
            repeat.read(piece);
        }
    }

    @Override
    public void onError(Throwable cause) {
        fail(ForwarderException.brokeOff(cause));
    }

    @Override
    public void onComplete() {
        RepeatedRequest.Verdict verdict = repeat.verdict();
        Reply reply = verdict.reply();
        if (verdict.outcome() == Outcome.SHED) {
            parts.orchestrator().turnAway(ShedReason.REFUSED);
            fail(new ForwarderException(reply));
        } else {
            promise.complete(new ForwardResponse(reply.status(), reply.fields(), new SinglePiece(reply.content())));
        }
    }

    private void fail(ForwarderException why) {
        promise.completeExceptionally(why);
    }

    /** Nobody reads on: there is an answer, or nobody wants one. */
    private void cancel() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
