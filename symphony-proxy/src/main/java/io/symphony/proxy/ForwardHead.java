package io.symphony.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Takes heads that are lists of fields through the reader and the rewriting that heads from a socket go through, so
 * that each rule stands once.
 */
final class ForwardHead {

    /** The body says how long it is, and the server in front has answered an Expect. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "expect");

    private static final Set<String> CONNECTION = Set.of("connection", "upgrade", "transfer-encoding");

    private final HeaderPolicy policy;
    private final Limits limits;

    ForwardHead(HeaderPolicy policy, Limits limits) {
        // A tunnel needs a socket of its own, which nobody has who hands a request over.
        this.policy = policy.withUpgrades();
        this.limits = limits;
    }

    /** Reads a request's head, or refuses it as the listener would. */
    RequestHead read(ForwardRequest request) {
        byte[] text = text(request);
        if (text.length > limits.headBytes()) {
            throw ForwarderException.refused(Refusal.LARGE_HEAD, limits);
        }
        RequestHead head = new RequestHead(limits.fields(), limits.targetBytes());
        if (head.parse(text, 0, text.length) != text.length) {
            throw ForwarderException.refused(head.refusal(), limits);
        }
        return head;
    }

    private static byte[] text(ForwardRequest request) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        text.writeBytes(Octets.ascii(request.method() + " " + request.target() + " HTTP/1.1\r\n"));
        boolean named = false;
        for (Field field : request.fields()) {
            named |= field.is("host");
            if (!FRAMING.contains(field.name().toLowerCase(Locale.ROOT))) {
                text.writeBytes(field.line());
            }
        }
        if (!named) {
            text.writeBytes(new Field("Host", ascii(request.origin().peer().local())).line());
        }
        text.writeBytes(Octets.ascii(framing(request)));
        text.writeBytes(Octets.ascii("\r\n"));
        return text.toByteArray();
    }

    private static String framing(ForwardRequest request) {
        long length = request.body().contentLength();
        if (length < 0) {
            return "Transfer-Encoding: chunked\r\n";
        }
        boolean expected = Set.of("POST", "PUT", "PATCH").contains(request.method());
        return length > 0 || expected ? "Content-Length: " + length + "\r\n" : "";
    }

    /** The head that a replica gets: its first line, and its fields. */
    Lines forReplica(RequestHead head, Peer peer) {
        HeadWriter out = new HeadWriter(head.end() + RequestRewrite.GROWTH);
        new RequestRewrite(policy).write(head, peer, out);
        return Lines.of(out);
    }

    /** The fields that go on to a client, or the reason why none do. */
    List<Field> forClient(HttpResponse response) throws GarbledException {
        byte[] text = text(response);
        ResponseHead head = new ResponseHead(limits.fields());
        if (text.length > limits.headBytes()) {
            throw new GarbledException(Refusal.LARGE_HEAD.text());
        }
        if (head.parse(text, 0, text.length) != text.length) {
            throw new GarbledException(head.refusal().text());
        }
        HeadWriter out = new HeadWriter(text.length + RequestRewrite.GROWTH);
        new ResponseRewrite(policy).write(head, ResponseRewrite.Persistence.IMPLIED, out);
        List<Field> fields = new ArrayList<>(Lines.of(out).fields());
        fields.removeIf(field -> CONNECTION.contains(field.name().toLowerCase(Locale.ROOT)));
        return fields;
    }

    private static byte[] text(HttpResponse response) {
        String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
        StringBuilder text = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(response.getCode())
                .append(' ')
                .append(reason);
        text.append("\r\n");
        for (Header header : response.getHeaders()) {
            text.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** A response breaks the rules. */
    static final class GarbledException extends Exception {

        private static final long serialVersionUID = 1;

        GarbledException(String why) {
            super("the replica's response was refused: " + why, null, false, false);
        }
    }

    /** A head, line by line. */
    record Lines(String first, List<Field> fields) {

        static Lines of(HeadWriter head) {
            String[] lines = new String(head.bytes(), 0, head.length(), StandardCharsets.ISO_8859_1).split("\r\n", -1);
            List<Field> fields = new ArrayList<>(lines.length);
            for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
                int colon = lines[i].indexOf(':');
                fields.add(new Field(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip()));
            }
            return new Lines(lines[0], fields);
        }

        /** The reason of a response. */
        String reason() {
            return first.substring(ResponseHead.BEFORE_REASON);
        }

        /** The target of a request. */
        String target() {
            return first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' '));
        }
    }
}
