package io.symphony.proxy;

import io.symphony.proxy.cache.Answer;
import io.symphony.proxy.cache.CacheRequest;
import io.symphony.proxy.cache.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Heads as the cache sees them, and its answers as heads. */
final class CacheHeads {

    private static final byte[] IF_NONE_MATCH = Octets.ascii("if-none-match");
    private static final byte[] IF_MODIFIED_SINCE = Octets.ascii("if-modified-since");

    private CacheHeads() {}

    /** What the cache is to see of a request; nothing where it has no host or has content. */
    static Optional<CacheRequest> request(RequestHead head, String scheme) {
        boolean reads = head.method().isGet() || head.method().isHead();
        boolean hasContent = head.chunked() || head.contentLength() > 0;
        if (head.authorityStart() < 0 || reads && hasContent) {
            return Optional.empty();
        }
        return Optional.of(new CacheRequest(
                text(head, head.methodStart(), head.methodEnd()),
                scheme + "://" + text(head, head.authorityStart(), head.authorityEnd()),
                target(head),
                passedOn(head)));
    }

    private static String target(RequestHead head) {
        String target = text(head, head.targetStart(), head.targetEnd());
        return target.startsWith("/") || target.equals("*") ? target : "/" + target;
    }

    /** What Connection names and what we write anew decides nothing: a replica does not see it. */
    private static Fields passedOn(RequestHead head) {
        Fields.Builder passedOn = new Fields.Builder();
        FieldLines lines = head.fields();
        for (int field = 0; field < lines.count(); field++) {
            if (lines.kind(field) == FieldLines.ORDINARY) {
                passedOn.add(
                        text(head, lines.nameStart(field), lines.nameEnd(field)),
                        text(head, lines.valueStart(field), lines.valueEnd(field)));
            }
        }
        return passedOn.build();
    }

    private static String text(RequestHead head, int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Has the client's own conditions stay here. */
    static void dropConditions(RequestHead head) {
        FieldLines lines = head.fields();
        for (int field = 0; field < lines.count(); field++) {
            if (head.is(field, IF_NONE_MATCH) || head.is(field, IF_MODIFIED_SINCE)) {
                lines.mark(field, FieldLines.HOP);
            }
        }
    }

    static Fields fields(List<Field> fields) {
        Fields.Builder same = new Fields.Builder();
        fields.forEach(field -> same.add(field.name(), field.value()));
        return same.build();
    }

    static List<Field> fields(Fields fields) {
        List<Field> same = new ArrayList<>();
        fields.forEach((name, value) -> same.add(new Field(name, value)));
        return same;
    }

    /** Whole lines, as they go into a head. */
    static byte[] lines(Fields fields) {
        StringBuilder lines = new StringBuilder();
        append(fields, lines);
        return Octets.ascii(lines.toString());
    }

    /** The head of an answer. */
    static byte[] head(Answer answer, ResponseRewrite.Persistence persistence) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(answer.reason())
                .append("\r\n");
        append(answer.fields(), head);
        head.append(new String(persistence.line(), StandardCharsets.US_ASCII)).append("\r\n");
        return Octets.ascii(head.toString());
    }

    private static void append(Fields fields, StringBuilder out) {
        fields.forEach(
                (name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
    }
}
