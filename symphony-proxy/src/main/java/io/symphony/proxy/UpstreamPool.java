package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One event loop's idle connections to one replica. The one that was used last is used next, so the rest can go. */
final class UpstreamPool {

    private final Loop loop;
    private final Endpoint endpoint;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean closesUntold;
    private boolean closed;

    UpstreamPool(Loop loop, Endpoint endpoint) {
        this.loop = loop;
        this.endpoint = endpoint;
    }

    boolean isAt(Endpoint where) {
        return endpoint.equals(where);
    }

    /** An idle connection, which may turn out to be dead, or none. */
    @Nullable
    UpstreamConnection take() {
        return idle.pollLast();
    }

    /** This replica closes connections right after an answer, without having said so in it. */
    void closesUntold() {
        closesUntold = true;
    }

    /** An idle connection of which the replica has said nothing to the contrary up to now, or none. */
    @Nullable
    UpstreamConnection takeSurelyOpen() {
        UpstreamConnection connection = idle.pollLast();
        while (connection != null && !seemsOpen(connection)) {
            connection.close();
            connection = idle.pollLast();
        }
        return connection;
    }

    /**
     * To ask costs a system call, and sees only what came since the selector was asked last. So a connection that has
     * just been used is not asked, unless this replica has shown that it closes those, too.
     */
    private boolean seemsOpen(UpstreamConnection connection) {
        return connection.isFresh() && !closesUntold || connection.isQuiet();
    }

    /** A new connection, which is hardly ever connected at once. */
    UpstreamConnection connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            UpstreamConnection connection = new UpstreamConnection(loop, channel, this);
            CompletableFuture<InetAddress> address = loop.settings().names().find(endpoint.host());
            if (address.isDone() && !address.isCompletedExceptionally()) {
                connection.connect(at(address.join()));
            } else {
                connectLater(connection, address);
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void connectLater(UpstreamConnection connection, CompletableFuture<InetAddress> address) {
        var unused = address.whenComplete((found, thrown) -> loop.submit(() -> {
            if (found == null) {
                connection.fail(new UnknownHostException("host not found: " + endpoint.host()));
            } else {
                connection.connectNow(at(found));
            }
        }));
    }

    private InetSocketAddress at(InetAddress address) {
        return new InetSocketAddress(address, endpoint.port());
    }

    /** Takes back a connection that can be used again. */
    void giveBack(UpstreamConnection connection) {
        if (closed || idle.size() >= loop.settings().limits().idlePerReplica()) {
            connection.close();
            return;
        }
        connection.rest();
        idle.addLast(connection);
    }

    void forget(UpstreamConnection connection) {
        idle.remove(connection);
    }

    void close() {
        closed = true;
        UpstreamConnection connection = idle.pollLast();
        while (connection != null) {
            connection.close();
            connection = idle.pollLast();
        }
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
