package io.symphony.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a client's connection contributes to each of its requests, written out once. */
final class Peer {

    private final byte[] address;
    private final byte[] local;
    private final byte[] forwardedFor;
    private final byte[] forwarded;
    private final byte[] forwardedProto;
    private final Origin origin;

    Peer(InetSocketAddress client, InetSocketAddress here) {
        this(client, here, "http");
    }

    Peer(InetSocketAddress client, InetSocketAddress here, String scheme) {
        origin = new Origin(client, here, scheme);
        String text = text(remote());
        boolean six = remote() instanceof Inet6Address;
        address = Octets.ascii(text);
        String host = text(here.getAddress());
        local = Octets.ascii(
                (here.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + here.getPort());
        forwardedFor = Octets.ascii("X-Forwarded-For: " + text + "\r\n");
        forwarded = Octets.ascii("Forwarded: for=" + (six ? "\"[" + text + "]\"" : text) + ";proto=" + scheme);
        forwardedProto = Octets.ascii("X-Forwarded-Proto: " + scheme + "\r\n");
    }

    /** Whether the client speaks HTTPS. */
    boolean isSecure() {
        return origin.scheme().equals("https");
    }

    InetAddress remote() {
        return origin.client().getAddress();
    }

    Origin origin() {
        return origin;
    }

    byte[] address() {
        return address;
    }

    /** The address that the client connected to, as a Host. */
    byte[] local() {
        return local;
    }

    /** The whole X-Forwarded-For line. */
    byte[] forwardedFor() {
        return forwardedFor;
    }

    /** The whole X-Forwarded-Proto line. */
    byte[] forwardedProto() {
        return forwardedProto;
    }

    /** The Forwarded line without its host and its end. */
    byte[] forwarded() {
        return forwarded;
    }

    /** The address without the zone that only this machine understands. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
