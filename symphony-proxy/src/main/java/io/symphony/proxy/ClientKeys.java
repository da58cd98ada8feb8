package io.symphony.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tells clients apart: a header's value, or their address, as far as that is theirs alone. */
final class ClientKeys {

    /** An IPv6 network of this size is one client's. */
    private static final int NETWORK_BYTES = 8;

    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private final @Nullable FieldName header;
    private final boolean trustsForwarded;

    ClientKeys(Optional<String> header, HeaderPolicy.Claims claims) {
        this.header = header.map(name -> new FieldName("rate limit", name)).orElse(null);
        trustsForwarded = claims == HeaderPolicy.Claims.TRUSTED;
    }

    long of(RequestHead head, Peer client) {
        int field = header == null ? -1 : header.in(head);
        if (field >= 0) {
            return FieldName.hash(head, field);
        }
        int forwarded = trustsForwarded ? lastForwardedFor(head.fields()) : -1;
        return forwarded < 0 ? of(client.remote()) : of(lastOf(head, forwarded));
    }

    private static int lastForwardedFor(FieldLines fields) {
        for (int field = fields.count() - 1; field >= 0; field--) {
            if (fields.kind(field) == FieldLines.FORWARDED_FOR) {
                return field;
            }
        }
        return -1;
    }

    /** What the proxy in front has added itself; what stands before that, the client may have made up. */
    private static String lastOf(RequestHead head, int field) {
        int from = head.fields().valueStart(field);
        String value =
                new String(head.bytes(), from, head.fields().valueEnd(field) - from, StandardCharsets.ISO_8859_1);
        return value.substring(value.lastIndexOf(',') + 1).strip();
    }

    private static long of(String address) {
        if (SIX.matcher(address).matches()) {
            try {
                return of(InetAddress.getByName(address)); // asks nobody: what has a colon can only be an address
            } catch (UnknownHostException e) {
                return hash(Octets.ascii(address)); // malformed, and still always the same
            }
        }
        return hash(Octets.ascii(address));
    }

    private static long of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Octets.hash(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
    }

    private static long hash(byte[] bytes) {
        return Octets.hash(bytes, 0, bytes.length);
    }
}
