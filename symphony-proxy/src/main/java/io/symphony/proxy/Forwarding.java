package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.NoReplicaAvailableException;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request of a forwarder, from the wait for a replica to its one end. Several threads have to do with it, so its
 * state changes under its monitor; what others are told of it, they are told outside.
 */
final class Forwarding {

    private static final int SERVER_ERROR = 500;

    private final Forwarder.Parts parts;
    private final ForwardCopy copy;
    private final Hold hold;
    private final ForwardPromise promise;
    private final Deadline deadline;

    private @Nullable CompletableFuture<Lease> waiting;
    private volatile @Nullable ForwardAttempt attempt;
    private boolean over;

    Forwarding(Forwarder.Parts parts, ForwardRequest request, RequestHead head) {
        this.parts = parts;
        copy = new ForwardCopy(parts, request, head);
        promise = new ForwardPromise(request.listener(), this::cancel);
        hold = new Hold(parts.timeouts().patience(), parts.affinity()).on(parts.orchestrator());
        deadline = new Deadline(parts.timeouts(), parts.ticker());
    }

    CompletableFuture<ForwardResponse> begin() {
        parts.retries().request();
        try {
            take();
        } catch (NoReplicaAvailableException none) {
            shed(none);
        }
        return promise.stage();
    }

    private void take() {
        CompletableFuture<Lease> answer;
        synchronized (this) {
            answer = hold.take(copy.head(), copy.client());
            waiting = answer;
            if (answer == null) {
                newAttempt().send(hold.endpoint());
            }
        }
        if (answer != null) {
            await(answer);
        }
    }

    private void await(CompletableFuture<Lease> answer) {
        var unused = answer.whenComplete(this::granted);
    }

    private void granted(@Nullable Lease lease, @Nullable Throwable thrown) {
        if (lease == null) {
            shed(thrown == null ? new IllegalStateException("no lease") : thrown);
            return;
        }
        synchronized (this) {
            if (over) {
                Hold.giveBack(lease);
            } else {
                hold.take(lease);
                newAttempt().send(hold.endpoint());
            }
        }
    }

    private ForwardAttempt newAttempt() {
        if (!copy.mayBeRepeated()) {
            hold.leaveTrial();
        }
        ForwardAttempt made = copy.attempt(this);
        attempt = made;
        return made;
    }

    Deadline deadline() {
        return deadline;
    }

    /** The head of the response has come. */
    void answered(ForwardAttempt from, HttpResponse response) {
        ForwardResponse answer;
        try {
            answer = new ForwardResponse(response.getCode(), fieldsOf(response), from.sink());
        } catch (ForwardHead.GarbledException garbled) {
            lost(from, Loss.BROKEN, garbled);
            return;
        }
        synchronized (this) {
            if (over || from != attempt) {
                return;
            }
            deadline.awaitPiece();
            hold.answered(answer.status());
            if (answer.status() >= SERVER_ERROR) {
                hold.erred();
            }
        }
        promise.keep(answer);
    }

    private List<Field> fieldsOf(HttpResponse response) throws ForwardHead.GarbledException {
        List<Field> fields = parts.heads().forClient(response);
        synchronized (this) {
            promise.heard(response.getCode(), fields, hold.cookie());
        }
        return fields;
    }

    /** Those fields of the response that its client gets from us. */
    List<Field> cookies() {
        return promise.cookies();
    }

    /** The response is whole: the replica is done. */
    void completed(ForwardAttempt from) {
        synchronized (this) {
            if (from == attempt && !over) {
                if (copy.isSent()) {
                    promise.isWhole();
                }
                end();
                hold.end();
            }
        }
    }

    /** A piece of the response has come. */
    void hear(ByteBuffer piece) {
        promise.hear(piece);
    }

    /** The connection was lost before the response was whole: the request goes elsewhere, waits, or has failed. */
    void lost(ForwardAttempt from, Loss loss, Exception cause) {
        CompletableFuture<Lease> next;
        synchronized (this) {
            if (over || from != attempt) {
                return;
            }
            charge(loss, cause);
            boolean granted = copy.mayGoAgain(loss);
            if (granted && sendsAgain(loss)) {
                return;
            }
            next = granted && hold.mayWait() ? waitForAnother() : null;
            if (next == null) {
                end();
                hold.lost(cause);
                hold.end();
            }
        }
        if (next != null) {
            await(next);
            return;
        }
        from.abort();
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        tell(new ForwarderException(cause instanceof SocketTimeoutException ? 504 : 502, reason, cause));
    }

    private void charge(Loss loss, Exception cause) {
        if (cause instanceof HttpException || cause instanceof ForwardHead.GarbledException) {
            hold.failed(FailureReason.GARBAGE, cause);
        } else {
            loss.charge(hold, cause);
        }
    }

    /** Sends the request again, to a replica that has not been tried or over a new connection where one was stale. */
    private boolean sendsAgain(Loss loss) {
        if (hold.moveOn()) {
            newAttempt().send(hold.endpoint());
            return true;
        }
        if (loss.wasPooled()) {
            newAttempt().sendAfresh(hold.endpoint());
        }
        return loss.wasPooled();
    }

    private CompletableFuture<Lease> waitForAnother() {
        CompletableFuture<Lease> answer = hold.waitForAnother();
        attempt = null;
        waiting = answer;
        deadline.never();
        return answer;
    }

    /** The replica is suspected to hang: moves on what may be sent again and has got no answer yet, if it can. */
    void leave(ReplicaId suspect) {
        ForwardAttempt left = attempt;
        if (left != null && moves(left, suspect)) {
            left.abort();
        }
    }

    private synchronized boolean moves(ForwardAttempt from, ReplicaId suspect) {
        boolean waits = !over && from == attempt && !from.hasHeard();
        if (waits && hold.replica().equals(suspect) && copy.mayMove() && hold.moveOn()) {
            newAttempt().send(hold.endpoint());
            return true;
        }
        return false;
    }

    /** Looks at the clock. */
    void check() {
        ForwardAttempt late;
        synchronized (this) {
            late = attempt;
            if (over || late == null || !deadline.isOver()) {
                return;
            }
        }
        if (deadline.isClientsTurn()) {
            refuse(Refusal.LATE_BODY);
        } else {
            lost(late, Loss.LATE, new SocketTimeoutException("no answer from " + hold.endpoint() + " in time"));
        }
    }

    /** The response cannot be taken any more. */
    void broke(IOException cause) {
        ForwardAttempt broken = attempt;
        if (broken != null) {
            lost(broken, Loss.BROKEN, cause);
        }
    }

    private void shed(Throwable none) {
        synchronized (this) {
            if (!end()) {
                return;
            }
        }
        tell(new ForwarderException(503, Hold.reason(none)));
    }

    /** The request's body goes beyond a limit. */
    void refuse(Refusal why) {
        if (giveUp(hold::refuse)) {
            tell(ForwarderException.refused(why, parts.limits()));
        }
    }

    /** Whoever has the request's body has lost it. */
    void bodyBroke(Throwable cause) {
        if (giveUp(hold::abandon)) {
            tell(ForwarderException.brokeOff(cause));
        }
    }

    /** Nobody wants the response any more. */
    void cancel() {
        if (giveUp(hold::abandon)) {
            promise.cancel();
        }
    }

    /** The forwarder ends. */
    void close() {
        if (giveUp(hold::abandon)) {
            tell(new ForwarderException(503, "the forwarder closed before the response was whole"));
        }
    }

    private boolean giveUp(Runnable fate) {
        ForwardAttempt aborted;
        CompletableFuture<Lease> cancelled;
        synchronized (this) {
            if (!end()) {
                return false;
            }
            fate.run();
            aborted = attempt;
            cancelled = waiting;
        }
        if (cancelled != null) {
            cancelled.cancel(false);
        }
        if (aborted != null) {
            aborted.abort();
        }
        return true;
    }

    /** Whether this call ended it. */
    private boolean end() {
        boolean first = !over;
        over = true;
        deadline.never();
        parts.underWay().remove(this);
        promise.hearNoMore();
        return first;
    }

    /** Says why there is no response, or none that is whole. */
    private void tell(ForwarderException why) {
        ForwardAttempt last = attempt;
        if (!promise.breakWith(why) && last != null) {
            last.sink().fail(why);
        }
    }
}
