package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A session's request, which goes where the last one was served; a new session has no home yet. */
abstract class SessionBond implements Bond {

    private final @Nullable ReplicaId home;

    SessionBond(@Nullable ReplicaId home) {
        this.home = home;
    }

    final @Nullable ReplicaId home() {
        return home;
    }

    @Override
    public final Lease lease(Orchestrator service) {
        return home == null ? service.lease() : service.leaseAt(home);
    }

    @Override
    public final CompletionStage<Lease> lease(Orchestrator service, Duration patience) {
        return home == null ? service.leaseAsync(patience) : service.leaseAsyncAt(home, patience);
    }
}
