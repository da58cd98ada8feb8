package io.symphony.examples.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The one request that a run sends again and again, ready as bytes, and where it goes. */
public final class Request {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final InetSocketAddress target;
    private final String method;
    private final ByteBuffer bytes;

    private Request(InetSocketAddress target, String method, ByteBuffer bytes) {
        this.target = target;
        this.method = method;
        this.bytes = bytes;
    }

    /** Puts the request together; a header given here replaces the one that we would send. */
    public static Request of(String method, URI uri, List<String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder()
                .append(method)
                .append(' ')
                .append(pathAndQuery(uri))
                .append(" HTTP/1.1\r\n");
        add(head, headers, "Host", uri.getRawAuthority());
        add(head, headers, "User-Agent", "symphony-load");
        add(head, headers, "Accept", "*/*");
        if (content.length > 0 || WITH_BODY.contains(method)) {
            add(head, headers, "Content-Length", Integer.toString(content.length));
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocateDirect(headBytes.length + content.length)
                .put(headBytes)
                .put(content);
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Request(new InetSocketAddress(bareHost(uri), port), method, bytes);
    }

    public InetSocketAddress target() {
        return target;
    }

    /** The bytes to send, for one reader. */
    ByteBuffer bytes() {
        return bytes.duplicate().rewind();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** May be sent again when the connection broke before any answer (RFC 9110, 9.2.2). */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(method);
    }

    private static void add(StringBuilder head, List<String> given, String name, String value) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        if (given.stream().noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String bareHost(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
