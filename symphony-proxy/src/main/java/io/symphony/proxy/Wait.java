package io.symphony.proxy;

import io.symphony.Lease;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One exchange's wait for a replica to be there. What comes when nobody waits any more is given back. */
final class Wait {

    private final Loop loop;
    private final Exchange exchange;
    private @Nullable CompletableFuture<Lease> answer;

    Wait(Loop loop, Exchange exchange) {
        this.loop = loop;
        this.exchange = exchange;
    }

    void begin(CompletableFuture<Lease> promised) {
        answer = promised;
        var unused = promised.whenComplete((lease, thrown) -> loop.submit(() -> ended(promised, lease, thrown)));
    }

    private void ended(CompletableFuture<Lease> promised, @Nullable Lease lease, @Nullable Throwable thrown) {
        if (answer != promised) {
            if (lease != null) {
                Hold.giveBack(lease);
            }
            return;
        }
        answer = null;
        if (lease == null) {
            exchange.ending().shed(thrown == null ? new IllegalStateException("no lease") : thrown);
        } else {
            exchange.granted(lease);
        }
    }

    void cancel() {
        CompletableFuture<Lease> cancelled = answer;
        answer = null;
        if (cancelled != null) {
            cancelled.cancel(false);
        }
    }
}
