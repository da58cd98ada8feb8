package io.symphony.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** Opens the socket that a listener listens on, and says in a sentence why it cannot. */
final class Ports {

    private static final int BACKLOG = 4_096;

    /** Whether others may listen on the same port. */
    enum Sharing {
        ALONE,
        SHARED
    }

    private Ports() {}

    static ServerSocketChannel bind(String host, int port, Sharing sharing) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw ListenerException.cannotListen(host, port, new UnknownHostException("no such host"));
        }
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                if (sharing == Sharing.SHARED) {
                    server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                }
                return server.setOption(StandardSocketOptions.SO_REUSEADDR, true)
                        .bind(address, BACKLOG);
            } catch (UnsupportedOperationException e) {
                close(server);
                throw new ListenerException(
                        "Cannot share " + host + ":" + port + ": this system has no SO_REUSEPORT.", e);
            } catch (IOException e) {
                close(server);
                throw e;
            }
        } catch (IOException e) {
            throw ListenerException.cannotListen(host, port, e);
        }
    }

    static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new ListenerException("Cannot close a socket that never listened: " + e.getMessage(), e);
        }
    }
}
