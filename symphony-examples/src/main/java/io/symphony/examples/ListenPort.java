package io.symphony.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Whether we can listen where we are to, found out before anything else is started. */
final class ListenPort {
    private ListenPort() {}

    static void require(InetSocketAddress address) throws CannotStart {
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            throw new CannotStart("cannot listen on " + address.getHostString() + ": no such host");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the listener does it: connections of a former one that are still fading away are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(resolved);
        } catch (IOException e) {
            throw taken(address, e);
        }
    }

    private static CannotStart taken(InetSocketAddress address, IOException cause) {
        String where = address.getHostString() + ":" + address.getPort();
        String message = String.valueOf(cause.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("in use")) {
            return new CannotStart("cannot listen on " + where + ": the port is in use; end what listens there, or give"
                    + " another one with --listen HOST:PORT");
        }
        return new CannotStart("cannot listen on " + where + ": " + message);
    }
}
