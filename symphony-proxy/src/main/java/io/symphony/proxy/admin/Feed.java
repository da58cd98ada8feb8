package io.symphony.proxy.admin;

/**
 * A stream of server-sent events to one client. It keeps no queue: it knows where its client is, and is asked for what
 * comes next once the client has taken what came before. A client that reads slowly therefore costs us nothing.
 *
 * <p>It is asked on the server's thread alone.
 */
non-sealed interface Feed extends Answer {

    /** The events that the client has not got yet; empty when there is nothing new. */
    String next();

    /** What to send when there was nothing for a while, so that both sides find out when the other is gone. */
    default String pulse() {
        return ":\n\n";
    }
}
