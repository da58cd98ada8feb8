package io.symphony.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Ticker;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by the value of a header: where each was served last stands in a table, by the hash of its value. The table
 * is tidied by those who write to it.
 */
final class HeaderAffinity implements Affinity {

    private final FieldName header;
    private final Cache<Long, ReplicaId> homes;

    HeaderAffinity(SessionAffinity sessions, String header, Ticker ticker) {
        this.header = new FieldName("affinity", header);
        homes = Caffeine.newBuilder()
                .maximumSize(sessions.mostSessions())
                .expireAfterAccess(sessions.idle())
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public @Nullable Bond of(RequestHead head, Peer client, String service) {
        int field = header.in(head);
        if (field < 0) {
            return null;
        }
        long key = FieldName.hash(head, field) + service.hashCode();
        return new Session(key, homes.getIfPresent(key), homes.asMap());
    }

    /** One request of a session. */
    private static final class Session extends SessionBond {

        private final Long key;
        private final ConcurrentMap<Long, ReplicaId> homes;

        Session(Long key, @Nullable ReplicaId home, ConcurrentMap<Long, ReplicaId> homes) {
            super(home);
            this.key = key;
            this.homes = homes;
        }

        /** Where two requests of a session are on their way, the first one decides. */
        @Override
        public void joined(ReplicaId replica) {
            ReplicaId home = home();
            if (home == null) {
                homes.putIfAbsent(key, replica);
            } else if (!home.equals(replica)) {
                homes.replace(key, home, replica);
            }
        }
    }
}
