package io.symphony.proxy.admin;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.protocol.HttpContext;

/** The streams that are open, at most so many. Whoever has news wakes them all; each looks for itself what is new. */
final class Streams {

    static final int MOST = 64;

    private final Map<Visit, SocketAddress> open = new ConcurrentHashMap<>();
    private final Sessions sessions;

    Streams(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Called on the server's only thread, so the count cannot be overtaken. */
    boolean join(Visit visit, HttpContext context) {
        if (open.size() >= MOST) {
            return false;
        }
        SocketAddress client = Visit.client(context);
        open.put(visit, client);
        sessions.streams(client);
        return true;
    }

    void leave(Visit visit) {
        open.remove(visit);
    }

    void wake() {
        open.keySet().forEach(Visit::wake);
    }

    void pulse() {
        open.keySet().forEach(Visit::pulse);
    }

    int size() {
        return open.size();
    }
}
