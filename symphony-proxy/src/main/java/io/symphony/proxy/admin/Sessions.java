package io.symphony.proxy.admin;

import io.symphony.spi.Ticker;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/**
 * The connections, at most so many, and until when each has time to get its request through or to send another. Only
 * a stream has no end; it is left to the timeout that a client runs into that takes nothing any more.
 */
final class Sessions implements IOSessionListener, Http1StreamListener {

    static final int MOST = 256;
    static final Duration TIME = Duration.ofSeconds(30);

    private final Map<SocketAddress, Session> sessions = new ConcurrentHashMap<>();
    private final Ticker ticker;

    Sessions(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void connected(IOSession session) {
        if (sessions.size() >= MOST) {
            session.close(CloseMode.IMMEDIATE);
        } else {
            sessions.put(session.getRemoteAddress(), new Session(session, deadline(), false));
        }
    }

    @Override
    public void disconnected(IOSession session) {
        sessions.values().removeIf(each -> each.session.getId().equals(session.getId()));
    }

    @Override
    public void onRequestHead(HttpConnection connection, HttpRequest request) {
        goesOn(connection.getRemoteAddress());
    }

    @Override
    public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {
        goesOn(connection.getRemoteAddress());
    }

    private void goesOn(SocketAddress client) {
        sessions.computeIfPresent(client, (same, session) -> new Session(session.session, deadline(), false));
    }

    /** From now on this client listens to a stream. */
    void streams(SocketAddress client) {
        sessions.computeIfPresent(client, (same, session) -> new Session(session.session, 0, true));
    }

    /** Closes those that took too long. */
    void sweep() {
        long now = ticker.nanos();
        sessions.values().stream()
                .filter(each -> !each.streams && now - each.deadlineNanos > 0)
                .forEach(each -> each.session.close(CloseMode.IMMEDIATE));
    }

    int size() {
        return sessions.size();
    }

    private long deadline() {
        return ticker.nanos() + TIME.toNanos();
    }

    @Override
    public void startTls(IOSession session) {
        // There is none.
    }

    @Override
    public void inputReady(IOSession session) {
        // What a client sends bit by bit gives it no more time.
    }

    @Override
    public void outputReady(IOSession session) {
        // Nor does what it takes bit by bit.
    }

    @Override
    public void timeout(IOSession session) {
        // HttpCore closes it.
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        // A client that broke off; HttpCore closes the rest.
    }

    @Override
    public void onResponseHead(HttpConnection connection, HttpResponse response) {
        // Its end is what counts.
    }

    private record Session(IOSession session, long deadlineNanos, boolean streams) {}
}
