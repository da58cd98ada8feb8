package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    /** Those that a request's text has besides the fields it came with: Host and how long the body is. */
    private static final int FIELDS_OF_OURS = 2;

    private final HeaderPolicy policy;
    private final Limits limits;
    /** As many as threads were ever at it at once. */
    private final Queue<Desk> desks = new ConcurrentLinkedQueue<>();

    ForwardHead(HeaderPolicy policy, Limits limits) {
        // A tunnel needs a socket of its own, which nobody has who hands a request over.
        this.policy = policy.withUpgrades();
        this.limits = limits;
    }

    /** Reads a request's head, or refuses it as the listener would. */
    RequestHead read(ForwardRequest request) {
        byte[] text = text(request);
        int most = Math.min(limits.fields(), request.fields().size() + FIELDS_OF_OURS);
        RequestHead head = new RequestHead(most, limits.targetBytes());
        if (head.parse(text, 0, text.length) != text.length) {
            throw ForwarderException.refused(head.refusal(), limits);
        }
        return head;
    }

    private byte[] text(ForwardRequest request) {
        List<Field> fields = new ArrayList<>(request.fields().size() + FIELDS_OF_OURS);
        boolean named = false;
        for (Field field : request.fields()) {
            named |= field.is("host");
            if (!isIn(FRAMING, field)) {
                fields.add(field);
            }
        }
        if (!named) {
            fields.add(new Field("Host", ascii(request.origin().peer().local())));
        }
        addFraming(request, fields);
        String first = request.method() + " " + request.target() + " HTTP/1.1\r\n";
        HeadWriter text = new HeadWriter(lengthOf(first, fields));
        if (text.capacity() > limits.headBytes()) {
            throw ForwarderException.refused(Refusal.LARGE_HEAD, limits);
        }
        text.put(first);
        fields.forEach(field -> text.put(field.name(), field.value()));
        return text.line().bytes();
    }

    private static void addFraming(ForwardRequest request, List<Field> fields) {
        long length = request.body().contentLength();
        if (length < 0) {
            fields.add(new Field("Transfer-Encoding", "chunked"));
        } else if (length > 0 || Set.of("POST", "PUT", "PATCH").contains(request.method())) {
            fields.add(new Field("Content-Length", Long.toString(length)));
        }
    }

    private static int lengthOf(String first, List<Field> fields) {
        int length = first.length() + 2;
        for (Field field : fields) {
            length += field.lineLength();
        }
        return length;
    }

    private static boolean isIn(Set<String> names, Field field) {
        return names.contains(field.name().toLowerCase(Locale.ROOT));
    }

    /** The head that a replica gets, as it goes out. */
    byte[] forReplica(RequestHead head, Peer peer) {
        Desk desk = take();
        desk.requests.write(head, peer, desk.out);
        byte[] bytes = Arrays.copyOf(desk.out.bytes(), desk.out.length());
        desks.add(desk);
        return bytes;
    }

    /** The fields that go on to a client, or the reason why none do. */
    List<Field> forClient(HttpResponse response) throws GarbledException {
        Desk desk = take();
        try {
            return desk.forClient(response);
        } finally {
            desks.add(desk);
        }
    }

    private Desk take() {
        Desk free = desks.poll();
        return free == null ? new Desk() : free;
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** What it takes to rewrite a head; one is used again and again, by one thread at a time. */
    private final class Desk {

        private final HeadWriter in = new HeadWriter(limits.headBytes());
        private final HeadWriter out = new HeadWriter(limits.headBytes() + RequestRewrite.GROWTH);
        private final ResponseHead head = new ResponseHead(limits.fields());
        private final RequestRewrite requests = new RequestRewrite(policy);
        private final ResponseRewrite responses = new ResponseRewrite(policy);

        List<Field> forClient(HttpResponse response) throws GarbledException {
            read(response);
            if (head.parse(in.bytes(), 0, in.length()) != in.length()) {
                throw new GarbledException(head.refusal().text());
            }
            responses.write(head, ResponseRewrite.Persistence.IMPLIED, out);
            List<Field> fields = Lines.of(out).fields();
            fields.removeIf(field -> isIn(CONNECTION, field));
            return fields;
        }

        private void read(HttpResponse response) throws GarbledException {
            String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
            String first = "HTTP/1.1 " + response.getCode() + " " + reason + "\r\n";
            Header[] headers = response.getHeaders();
            int length = first.length() + 2;
            for (Header header : headers) {
                length += header.getName().length() + header.getValue().length() + Field.PUNCTUATION;
            }
            if (length > in.capacity()) {
                throw new GarbledException(Refusal.LARGE_HEAD.text());
            }
            in.clear();
            in.put(first);
            for (Header header : headers) {
                in.put(header.getName(), header.getValue());
            }
            in.line();
        }
    }

    /** A response breaks the rules. */
    static final class GarbledException extends Exception {

        private static final long serialVersionUID = 1;

        GarbledException(String why) {
            super("the replica's response was refused: " + why, null, false, false);
        }
    }

    /** A head that is whole, line by line. */
    record Lines(String first, List<Field> fields) {

        static Lines of(HeadWriter head) {
            return of(head.bytes());
        }

        static Lines of(byte[] head) {
            int end = endOfLine(head, 0);
            return new Lines(latin(head, 0, end), fields(head, end + 2));
        }

        private static List<Field> fields(byte[] head, int first) {
            List<Field> fields = new ArrayList<>();
            for (int from = first, to = endOfLine(head, from); to > from; from = to + 2, to = endOfLine(head, from)) {
                int colon = from;
                while (head[colon] != ':') {
                    colon++;
                }
                fields.add(new Field(
                        latin(head, from, colon), latin(head, colon + 1, to).strip()));
            }
            return fields;
        }

        private static int endOfLine(byte[] head, int from) {
            int at = from;
            while (head[at] != '\r') {
                at++;
            }
            return at;
        }

        private static String latin(byte[] bytes, int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
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
