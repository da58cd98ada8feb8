package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/** Which requests belong together. */
interface Affinity {

    /** What leads a request for this service to its replica, or null: it goes in turn. */
    @Nullable
    Bond of(RequestHead head, Peer client, String service);
}
