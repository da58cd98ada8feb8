package io.symphony.examples;

import io.symphony.examples.FrontSettings.FrontPlan;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.ListenerException;
import io.symphony.proxy.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Set;

/** Whether we can listen where and as we are to, found out before anything else is started. */
final class ListenPort {
    /** As the listener does it: connections of a former one that are still fading away are no obstacle. */
    private static final Set<SocketOption<Boolean>> OURS = Set.of(StandardSocketOptions.SO_REUSEADDR);

    private static final Set<SocketOption<Boolean>> SHARED =
            Set.of(StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_REUSEPORT);

    private ListenPort() {}

    static void require(FrontPlan front) throws CannotStart {
        require(front.listen(), FrontSettings.LISTEN, front.sharesPort() ? SHARED : OURS);
        verify(front.listener());
    }

    static void require(InetSocketAddress address, Setting<?> setting) throws CannotStart {
        require(address, setting, OURS);
    }

    private static void require(InetSocketAddress address, Setting<?> setting, Set<SocketOption<Boolean>> options)
            throws CannotStart {
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            throw new CannotStart("cannot listen on " + address.getHostString() + ": no such host");
        }
        // Bound only: a socket that listens would be given connections meant for whoever shares the port.
        try (SocketChannel socket = SocketChannel.open()) {
            for (SocketOption<Boolean> option : options) {
                socket.setOption(option, true);
            }
            socket.bind(resolved);
        } catch (IOException e) {
            throw taken(address, setting, e);
        }
    }

    /** What is wrong with the certificate is better known before replicas are started than after. */
    private static void verify(ListenerPlan listener) throws CannotStart {
        try {
            listener.tls().ifPresent(Tls::requireUsable);
        } catch (ListenerException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static CannotStart taken(InetSocketAddress address, Setting<?> setting, IOException cause) {
        String where = address.getHostString() + ":" + address.getPort();
        String message = String.valueOf(cause.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("in use")) {
            return new CannotStart("cannot listen on " + where + ": the port is in use; end what listens there, or give"
                    + " another one with " + setting.flag() + " HOST:PORT");
        }
        return new CannotStart("cannot listen on " + where + ": " + message);
    }
}
