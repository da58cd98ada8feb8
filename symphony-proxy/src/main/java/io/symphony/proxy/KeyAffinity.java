package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests with the same value in a field have the same key, from which a rule of balancing makes its choice. */
final class KeyAffinity implements Affinity {

    private final FieldName header;

    KeyAffinity(String header) {
        this.header = new FieldName("affinity", header);
    }

    @Override
    public @Nullable Bond of(RequestHead head, Peer client, String service) {
        int field = header.in(head);
        return field < 0 ? null : new Key(FieldName.hash(head, field));
    }

    private record Key(long hash) implements Bond {

        @Override
        public Lease lease(Orchestrator service) {
            return service.leaseFor(hash);
        }

        @Override
        public CompletionStage<Lease> lease(Orchestrator service, Duration patience) {
            return service.leaseAsyncFor(hash, patience);
        }
    }
}
