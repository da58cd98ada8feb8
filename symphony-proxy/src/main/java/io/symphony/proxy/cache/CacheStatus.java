package io.symphony.proxy.cache;

import java.time.Duration;

/** The values of Cache-Status (RFC 9211): what became of a request here. */
final class CacheStatus {

    private static final String NAME = "symphony";

    /** Why a request goes on to a replica. */
    enum Forward {
        BYPASS("bypass"),
        URI_MISS("uri-miss"),
        VARY_MISS("vary-miss"),
        /** The client wants it newer than what is here. */
        REQUEST("request"),
        STALE("stale");

        private final String word;

        Forward(String word) {
            this.word = word;
        }
    }

    private CacheStatus() {}

    static String hit(Duration left) {
        return NAME + "; hit; ttl=" + left.toSeconds();
    }

    static String collapsed() {
        return forwarded(Forward.URI_MISS) + "; collapsed";
    }

    static String forwarded(Forward why) {
        return NAME + "; fwd=" + why.word;
    }

    static String stored(Forward why) {
        return forwarded(why) + "; stored";
    }

    static String revalidated(Forward why) {
        return forwarded(why) + "; fwd-status=304; stored";
    }

    /** A kept response in place of a replica's error; of a replica that did not answer there is no status. */
    static String standingIn(Duration left, int status) {
        return NAME + "; hit; ttl=" + left.toSeconds() + "; detail=stale-if-error"
                + (status == 0 ? "" : "; fwd-status=" + status);
    }
}
