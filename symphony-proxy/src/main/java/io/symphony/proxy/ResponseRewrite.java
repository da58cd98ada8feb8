package io.symphony.proxy;

import java.time.InstantSource;

/** Writes the head that a client gets for the head that a replica sent. */
final class ResponseRewrite {

    private static final byte[] VERSION = Octets.ascii("HTTP/1.1 ");
    private static final byte[] UPGRADE = Octets.ascii("Connection: upgrade\r\nUpgrade: ");

    private static final byte[] CLOSE = Octets.ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Octets.ascii("Connection: keep-alive\r\n");
    private static final byte[] NOTHING = {};

    /** What the client is told about its connection. */
    enum Persistence {
        /** Nothing: HTTP/1.1 goes on by itself. */
        IMPLIED,
        CLOSE,
        /** An HTTP/1.0 client that asked for it must hear it. */
        KEEP_ALIVE;

        byte[] line() {
            return switch (this) {
                case IMPLIED -> NOTHING;
                case CLOSE -> ResponseRewrite.CLOSE;
                case KEEP_ALIVE -> ResponseRewrite.KEEP_ALIVE;
            };
        }
    }

    private final byte[] via;
    private final DateLine date;
    private final boolean[] kept = new boolean[FieldLines.KINDS];

    ResponseRewrite(HeaderPolicy policy) {
        this(policy, InstantSource.system());
    }

    ResponseRewrite(HeaderPolicy policy, InstantSource clock) {
        date = new DateLine(clock);
        via = RequestRewrite.viaLine(policy);
        kept[FieldLines.ORDINARY] = true;
    }

    /** Writes the head as it is, save what stops here. */
    void write(ResponseHead head, Persistence persistence, HeadWriter out) {
        kept[FieldLines.CODING] = true;
        writeHead(head, out);
        out.put(persistence.line()).line();
    }

    /** Writes the head for a client that does not know chunks: its body ends with the connection. */
    void writeUnchunked(ResponseHead head, HeadWriter out) {
        kept[FieldLines.CODING] = false;
        writeHead(head, out);
        out.put(CLOSE).line();
    }

    /** Writes the head of a 101. */
    void writeUpgrade(ResponseHead head, HeadWriter out) {
        writeHead(head, out);
        int field = head.upgradeField();
        out.put(UPGRADE)
                .put(
                        head.bytes(),
                        head.fields().valueStart(field),
                        head.fields().valueEnd(field))
                .line()
                .line();
    }

    private void writeHead(ResponseHead head, HeadWriter out) {
        // A length on a head that has no body by its status would be a promise of one to a client that errs.
        kept[FieldLines.LENGTH] = !head.isInterim() && head.status() != ResponseHead.NO_CONTENT;
        out.clear();
        out.put(VERSION).put(head.bytes(), head.statusStart(), head.linesStart());
        FieldLines fields = head.fields();
        int run = head.linesStart();
        for (int field = 0; field < fields.count(); field++) {
            if (!kept[fields.kind(field)]) {
                out.put(head.bytes(), run, fields.nameStart(field));
                run = fields.lineEnd(field);
            }
        }
        out.put(head.bytes(), run, head.end() - 2);
        if (!head.isInterim()) {
            if (!head.isDated()) {
                out.put(date.bytes());
            }
            out.put(via);
        }
    }
}
