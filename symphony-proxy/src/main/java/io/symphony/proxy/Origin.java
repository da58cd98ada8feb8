package io.symphony.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a request came from, which its replica is told in {@code X-Forwarded-For} and its like.
 *
 * <pre>{@code
 * new Origin(exchange.getRemoteAddress(), exchange.getLocalAddress(), "https")
 * }</pre>
 *
 * @param client the client's address
 * @param here the address that the client connected to
 * @param scheme {@code http} or {@code https}
 */
public record Origin(InetSocketAddress client, InetSocketAddress here, String scheme) {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

    public Origin {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("scheme: '" + scheme + "' (expected: http or https)");
        }
        require("client", client);
        require("here", here);
    }

    /** This program itself. */
    public static Origin thisProgram() {
        return new Origin(LOOPBACK, LOOPBACK, "http");
    }

    Peer peer() {
        return new Peer(client, here, scheme);
    }

    private static void require(String name, InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(name + ": " + address + " (expected: a resolved address)");
        }
    }
}
