package io.symphony.examples;

import io.symphony.examples.FrontSettings.FrontPlan;
import io.symphony.proxy.ListenerException;
import io.symphony.proxy.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** Whether we can listen where and as we are to, found out before anything else is started. */
final class ListenPort {
    private ListenPort() {}

    static void require(FrontPlan front) throws CannotStart {
        InetSocketAddress address = front.listen();
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            throw new CannotStart("cannot listen on " + address.getHostString() + ": no such host");
        }
        // Bound only: a socket that listens would be given connections meant for whoever shares the port.
        try (SocketChannel socket = SocketChannel.open()) {
            // As the listener does it: connections of a former one that are still fading away are no obstacle.
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (front.sharesPort()) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.bind(resolved);
        } catch (IOException e) {
            throw taken(address, e);
        }
        verify(front.listener());
    }

    /** What is wrong with the certificate is better known before replicas are started than after. */
    private static void verify(ListenerPlan listener) throws CannotStart {
        try {
            listener.tls().ifPresent(Tls::requireUsable);
        } catch (ListenerException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
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
