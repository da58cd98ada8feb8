package io.symphony.proxy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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
            throw new ListenerException("Cannot listen on " + host + ":" + port + ": no such host.", new IOException());
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
            throw new ListenerException("Cannot listen on " + host + ":" + port + ": " + why(e), e);
        }
    }

    static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new ListenerException("Cannot close a socket that never listened: " + e.getMessage(), e);
        }
    }

    private static String why(IOException cause) {
        boolean inUse = cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
        return inUse ? "the port is in use. Choose another, or end the program that has it." : cause.getMessage() + ".";
    }
}
