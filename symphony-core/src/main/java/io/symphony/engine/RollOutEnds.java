package io.symphony.engine;

import io.symphony.engine.Fact.RollOutOrdered;
import io.symphony.rollout.RollOutResult;
import io.symphony.rollout.RollOutResult.Outcome;
import io.symphony.rollout.RollOutStage;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Those who wait for what becomes of the roll-out that they ordered. They are told elsewhere: what they do may block. */
public final class RollOutEnds {

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Executor elsewhere;
    private volatile boolean closed;

    public RollOutEnds(Executor elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** What becomes of an order; it is asked for before the order is posted, so that its end is not missed. */
    public CompletionStage<RollOutResult> of(RollOutOrdered order) {
        Waiter waiter = new Waiter(order);
        waiters.add(waiter);
        if (closed) {
            tellOfClose();
        }
        return waiter.result;
    }

    /** What a tick has learned, and what has come of it. */
    void look(List<Fact> learned, RollOut rollOut) {
        waiters.removeIf(each -> {
            Optional<Outcome> end = each.end(learned, rollOut);
            end.ifPresent(outcome -> tell(each, new RollOutResult(outcome, rollOut.reason())));
            return end.isPresent();
        });
    }

    private void tell(Waiter waiter, RollOutResult end) {
        waiter.result.completeAsync(() -> end, elsewhere);
    }

    /** Nothing becomes of those that are under way. */
    public void close() {
        closed = true;
        tellOfClose();
    }

    private void tellOfClose() {
        for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            tell(waiter, new RollOutResult(Outcome.CLOSED, "the orchestrator was closed"));
        }
    }

    /** One who waits. What was there before the order was learned is no answer. */
    private static final class Waiter {
        private final RollOutOrdered order;
        private final CompletableFuture<RollOutResult> result = new CompletableFuture<>();
        private boolean begun;

        Waiter(RollOutOrdered order) {
            this.order = order;
        }

        Optional<Outcome> end(List<Fact> learned, RollOut rollOut) {
            begun |= isItsGoal(rollOut) || learned.contains(order);
            if (!begun || rollOut.stage() == RollOutStage.REVERTING) {
                return Optional.empty();
            }
            if (isItsGoal(rollOut)) {
                return rollOut.isUnderWay() ? Optional.empty() : Optional.of(Outcome.DONE);
            }
            return Optional.of(rollOut.stage() == RollOutStage.REVERTED ? Outcome.REVERTED : Outcome.SUPERSEDED);
        }

        private boolean isItsGoal(RollOut rollOut) {
            return rollOut.wanted().version().equals(order.spec().version());
        }
    }
}
