package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes the head that a replica gets for the head that a client sent. */
final class RequestRewrite {

    /** More than all that a rewritten head can be longer than the one it was made from. */
    static final int GROWTH = 3_072;

    private static final byte[] VERSION = Octets.ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST = Octets.ascii("Host: ");
    private static final byte[] FORWARDED_HOST = Octets.ascii("X-Forwarded-Host: ");
    private static final byte[] HOST_PART = Octets.ascii(";host=\"");
    private static final byte[] REQUEST_ID = Octets.ascii("X-Request-Id: ");
    private static final byte[] MAX_FORWARDS = Octets.ascii("Max-Forwards: ");
    private static final byte[] UPGRADE = Octets.ascii("Connection: upgrade\r\nUpgrade: ");

    private final HeaderPolicy policy;
    private final byte[] via;
    private final boolean[] kept = new boolean[FieldLines.KINDS];
    private final SplittableRandom ids = new SplittableRandom();
    private boolean hasMadeId;
    private long idBegins;
    private long idEnds;

    RequestRewrite(HeaderPolicy policy) {
        this.policy = policy;
        via = viaLine(policy);
        boolean trusted = policy.claims() == HeaderPolicy.Claims.TRUSTED;
        kept[FieldLines.ORDINARY] = true;
        kept[FieldLines.LENGTH] = true;
        kept[FieldLines.CODING] = true;
        kept[FieldLines.FORWARDED] = trusted;
        kept[FieldLines.FORWARDED_FOR] = trusted;
        kept[FieldLines.FORWARDED_OTHER] = trusted;
        kept[FieldLines.REQUEST_ID] = policy.requestIds() != HeaderPolicy.RequestIds.MADE;
    }

    static byte[] viaLine(HeaderPolicy policy) {
        return Octets.ascii(policy.via().isEmpty() ? "" : "Via: 1.1 " + policy.via() + "\r\n");
    }

    /** Whether this request may become a tunnel: it asks for one protocol, and that is allowed. */
    boolean upgrades(RequestHead head) {
        if (!head.connection().upgrade()
                || head.upgradeField() < 0
                || head.minor() == 0
                || !head.method().isGet()) {
            return false;
        }
        FieldLines fields = head.fields();
        int from = fields.valueStart(head.upgradeField());
        int to = fields.valueEnd(head.upgradeField());
        String protocol = new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
        return policy.upgrades().contains(protocol.toLowerCase(Locale.ROOT));
    }

    void write(RequestHead head, Peer peer, HeadWriter out) {
        byte[] bytes = head.bytes();
        out.clear();
        writeFirstLine(head, out);
        kept[FieldLines.HOST] = !head.hasAbsoluteTarget();
        if (head.hasAbsoluteTarget() || head.hostField() < 0) {
            out.put(HOST);
            writeAuthority(head, peer, out).line();
        }
        kept[FieldLines.EXPECT] = head.continues();
        kept[FieldLines.HOPS] = head.hops() < 0;
        int addedTo = writeFields(head, peer, out);
        out.put(via);
        writeOrigin(head, peer, addedTo, out);
        if (head.hops() >= 0) {
            out.put(MAX_FORWARDS).number(head.hops() - 1L).line();
        }
        writeRequestId(head, out);
        if (upgrades(head)) {
            int field = head.upgradeField();
            out.put(UPGRADE)
                    .put(bytes, head.fields().valueStart(field), head.fields().valueEnd(field))
                    .line();
        }
        out.line();
    }

    private static void writeFirstLine(RequestHead head, HeadWriter out) {
        byte[] bytes = head.bytes();
        out.put(bytes, head.methodStart(), head.methodEnd()).put(' ');
        if (head.hasAbsoluteTarget() && (head.targetStart() == head.targetEnd() || bytes[head.targetStart()] == '?')) {
            boolean whole = head.method().isOptions() && head.targetStart() == head.targetEnd();
            out.put(whole ? '*' : '/');
        }
        out.put(bytes, head.targetStart(), head.targetEnd()).put(VERSION);
    }

    private static HeadWriter writeAuthority(RequestHead head, Peer peer, HeadWriter out) {
        return head.authorityStart() < 0
                ? out.put(peer.local())
                : out.put(head.bytes(), head.authorityStart(), head.authorityEnd());
    }

    /** Copies what is kept, in runs; the last X-Forwarded-For that was trusted and added to, or -1. */
    private int writeFields(RequestHead head, Peer peer, HeadWriter out) {
        FieldLines fields = head.fields();
        int addTo =
                policy.xForwarded() && kept[FieldLines.FORWARDED_FOR] ? lastOf(fields, FieldLines.FORWARDED_FOR) : -1;
        int run = head.linesStart();
        for (int field = 0; field < fields.count(); field++) {
            if (!kept[fields.kind(field)]) {
                out.put(head.bytes(), run, fields.nameStart(field));
                run = fields.lineEnd(field);
            } else if (field == addTo) {
                out.put(head.bytes(), run, fields.valueEnd(field))
                        .put(',')
                        .put(' ')
                        .put(peer.address());
                run = fields.valueEnd(field);
            }
        }
        out.put(head.bytes(), run, head.end() - 2);
        return addTo;
    }

    private void writeOrigin(RequestHead head, Peer peer, int addedTo, HeadWriter out) {
        if (policy.xForwarded()) {
            if (addedTo < 0) {
                out.put(peer.forwardedFor());
            }
            if (!kept[FieldLines.FORWARDED_OTHER] || lastOf(head.fields(), FieldLines.FORWARDED_OTHER) < 0) {
                out.put(peer.forwardedProto()).put(FORWARDED_HOST);
                writeAuthority(head, peer, out).line();
            }
        }
        if (policy.forwarded()) {
            out.put(peer.forwarded()).put(HOST_PART);
            writeAuthority(head, peer, out).put('"').line();
        }
    }

    private void writeRequestId(RequestHead head, HeadWriter out) {
        HeaderPolicy.RequestIds ids = policy.requestIds();
        boolean kept = ids == HeaderPolicy.RequestIds.KEPT_OR_MADE && head.requestIdField() >= 0;
        hasMadeId = ids != HeaderPolicy.RequestIds.PASSED && !kept;
        if (hasMadeId) {
            idBegins = this.ids.nextLong();
            idEnds = this.ids.nextLong();
            out.put(REQUEST_ID).hex(idBegins).hex(idEnds).line();
        }
    }

    /** Whether the last head that was written got a request id of ours. */
    boolean hasMadeId() {
        return hasMadeId;
    }

    String madeId() {
        return HexFormat.of().toHexDigits(idBegins) + HexFormat.of().toHexDigits(idEnds);
    }

    private static int lastOf(FieldLines fields, byte kind) {
        for (int field = fields.count() - 1; field >= 0; field--) {
            if (fields.kind(field) == kind) {
                return field;
            }
        }
        return -1;
    }
}
