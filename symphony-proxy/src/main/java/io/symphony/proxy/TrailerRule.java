package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Which names may not stand in a trailer: those that frame, route, authenticate or control a message (RFC 9110,
 * 6.5.1). Whoever merges trailers into the head would be fooled by them.
 */
final class TrailerRule {

    private static final Set<String> FORBIDDEN = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "max-forwards",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "www-authenticate",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    /** Longer than the longest of them. */
    private static final int ROOM = 24;

    private final byte[] name = new byte[ROOM];
    private int length;

    void clear() {
        length = 0;
    }

    void add(byte octet) {
        if (length < ROOM) {
            name[length] = octet;
        }
        length++;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether the name that was added may stand in a trailer. Trailers are rare, so this may make a string. */
    boolean allows() {
        return length >= ROOM
                || !FORBIDDEN.contains(new String(name, 0, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }
}
