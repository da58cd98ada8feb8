package io.symphony.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reading of HTTP/1.1, written apart from the first and as narrow as the grammar: what the listener sends, at
 * either end, must pass it. It judges; it never repairs.
 */
final class StrictReader {

    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + ") (/[\\x21-\\x7e&&[^#]]*|\\*) HTTP/1\\.1");
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 ([1-9][0-9][0-9]) [\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):([\\t\\x20-\\x7e\\x80-\\xff]*)");
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})(;[\\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern LONE_END = Pattern.compile("(?<!\\r)\\n|\\r(?!\\n|\\z)");
    private static final List<String> HOPS =
            List.of("keep-alive", "te", "proxy-connection", "proxy-authorization", "http2-settings");

    /** The bytes are not HTTP/1.1. */
    static final class Breach extends RuntimeException {
        private static final long serialVersionUID = 1;

        Breach(String what) {
            super(what);
        }
    }

    /** The bytes end within a message. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("cut off");
        }
    }

    /** A field line; the name is in lower case. */
    record Field(String name, String value) {}

    /** A whole message. */
    record Message(String start, List<Field> fields, String body, List<Field> trailers) {

        String method() {
            return start.substring(0, start.indexOf(' '));
        }

        String target() {
            return start.split(" ", -1)[1];
        }

        int status() {
            return Integer.parseInt(start.substring(9, 12));
        }

        List<String> values(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::value)
                    .toList();
        }
    }

    private final String text;
    private int at;

    StrictReader(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int at() {
        return at;
    }

    /** The next request, as a server in our back should get it. */
    Message request() {
        return withBody(requestHead(), false);
    }

    Message requestHead() {
        List<String> lines = head();
        match(REQUEST_LINE, lines.get(0));
        List<Field> fields = fields(lines);
        Message head = new Message(lines.get(0), fields, "", List.of());
        check(head.values("host").size() == 1, "one Host", head);
        check(fields.stream().noneMatch(field -> HOPS.contains(field.name())), "no field of one hop", head);
        check(
                head.values("connection").isEmpty() || head.values("connection").equals(List.of("upgrade")),
                "no Connection that an upgrade does not need",
                head);
        return head;
    }

    /** The next response to a request of this method; interim ones count too. */
    Message response(String method, boolean closed) {
        Message head = responseHead();
        if (head.status() < 200 || head.status() == 204 || head.status() == 304 || method.equals("HEAD")) {
            framing(head);
            return head;
        }
        if (framing(head).isEmpty()) {
            if (!closed) {
                throw new Cut();
            }
            check(head.values("connection").contains("close"), "Connection: close", head);
            String body = text.substring(at);
            at = text.length();
            return new Message(head.start(), head.fields(), body, List.of());
        }
        return withBody(head, true);
    }

    Message responseHead() {
        List<String> lines = head();
        match(STATUS_LINE, lines.get(0));
        Message head = new Message(lines.get(0), fields(lines), "", List.of());
        boolean bodiless = head.status() < 200 || head.status() == 204;
        check(!bodiless || head.values("content-length").isEmpty(), "no length with this status", head);
        return head;
    }

    private List<String> head() {
        int end = text.indexOf("\r\n\r\n", at);
        Matcher lone = LONE_END.matcher(text).region(at, end < 0 ? text.length() : end);
        if (lone.find()) {
            throw new Breach("a lone CR or LF at " + lone.start());
        }
        if (end < 0) {
            throw new Cut();
        }
        List<String> lines = List.of(text.substring(at, end).split("\r\n", -1));
        at = end + 4;
        return lines;
    }

    private static List<Field> fields(List<String> lines) {
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            fields.add(field(line));
        }
        return fields;
    }

    private static Field field(String line) {
        Matcher parts = match(FIELD, line);
        return new Field(parts.group(1).toLowerCase(Locale.ROOT), blanksOff(parts.group(2)));
    }

    private static String blanksOff(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && " \t".indexOf(value.charAt(from)) >= 0) {
            from++;
        }
        while (from < to && " \t".indexOf(value.charAt(to - 1)) >= 0) {
            to--;
        }
        return value.substring(from, to);
    }

    /** "chunked", the length, or nothing. */
    static String framing(Message head) {
        List<String> lengths = head.values("content-length");
        List<String> codings = head.values("transfer-encoding");
        check(lengths.size() + codings.size() <= 1, "one framing", head);
        if (!codings.isEmpty()) {
            check(codings.get(0).equalsIgnoreCase("chunked"), "no coding but chunked", head);
            return "chunked";
        }
        if (!lengths.isEmpty()) {
            match(LENGTH, lengths.get(0));
            return lengths.get(0);
        }
        return "";
    }

    private Message withBody(Message head, boolean response) {
        String framing = framing(head);
        if (framing.equals("chunked")) {
            return chunks(head);
        }
        if (framing.isEmpty()) {
            check(!response, "a length", head);
            return head;
        }
        return new Message(head.start(), head.fields(), take(Long.parseLong(framing)), List.of());
    }

    /** Reads a chunked body from here, with its trailers. */
    Message chunks(Message head) {
        StringBuilder body = new StringBuilder();
        while (true) {
            long size = Long.parseLong(match(SIZE, line()).group(1), 16);
            if (size == 0) {
                break;
            }
            body.append(take(size));
            end();
        }
        List<Field> trailers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            trailers.add(field(line));
        }
        return new Message(head.start(), head.fields(), body.toString(), trailers);
    }

    private String line() {
        int end = text.indexOf("\r\n", at);
        Matcher lone = LONE_END.matcher(text).region(at, end < 0 ? text.length() : end);
        if (lone.find()) {
            throw new Breach("a lone CR or LF at " + lone.start());
        }
        if (end < 0) {
            throw new Cut();
        }
        String line = text.substring(at, end);
        at = end + 2;
        return line;
    }

    private String take(long length) {
        if (text.length() - at < length) {
            throw new Cut();
        }
        String taken = text.substring(at, at + (int) length);
        at += (int) length;
        return taken;
    }

    private void end() {
        String end = text.substring(at, Math.min(at + 2, text.length()));
        if (!"\r\n".startsWith(end)) {
            throw new Breach("a chunk that does not end at " + at);
        }
        take(2);
    }

    private static Matcher match(Pattern grammar, String line) {
        Matcher matcher = grammar.matcher(line);
        if (!matcher.matches()) {
            throw new Breach("'" + line + "'");
        }
        return matcher;
    }

    private static void check(boolean holds, String wanted, Message head) {
        if (!holds) {
            throw new Breach("expected " + wanted + ": " + head);
        }
    }
}
