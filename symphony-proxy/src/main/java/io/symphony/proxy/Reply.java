package io.symphony.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An answer of the listener's own: a status and a sentence that says why, with numbers. */
final class Reply {

    private static final long SECOND = 1_000_000_000;

    private final int status;
    private final String reason;
    private final String why;
    private final List<Field> fields;
    private final byte[] content;
    private final long retryAfterSeconds;

    private Reply(int status, String why, String type, byte[] content, long retryAfterSeconds) {
        this.status = status;
        this.reason = reason(status);
        this.why = why;
        this.fields = fields(type, content, retryAfterSeconds);
        this.content = content;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    private Reply(KeptAnswer first, List<Field> fields, byte[] content) {
        status = first.status();
        reason = first.reason();
        why = "";
        this.fields = fields;
        this.content = content;
        retryAfterSeconds = 0;
    }

    static Reply refused(Refusal why, Limits limits) {
        return of(why.status(), sentence(why, limits));
    }

    static String sentence(Refusal why, Limits limits) {
        return why.text() + limit(why, limits);
    }

    static Reply noReplica(String reason) {
        return of(503, reason);
    }

    static Reply closing() {
        return of(503, "the listener closed before a replica answered");
    }

    static Reply tooManyConnections(int most) {
        return of(503, "the listener has as many connections as it may have (" + most + ")");
    }

    static Reply badGateway(String reason) {
        return of(502, reason);
    }

    static Reply gatewayTimeout(String reason) {
        return of(504, reason);
    }

    /** What the last hop of a counted request says for itself (RFC 9110, 7.6.2). */
    static Reply lastHop() {
        return of(200, "the last hop");
    }

    /** Several services stand behind us, and none of them is meant. */
    static Reply noRoute() {
        return of(404, "no service has this host and path");
    }

    /** The client may come again after this time, rounded up to whole seconds. */
    static Reply tooMany(long waitNanos) {
        long seconds = (waitNanos + SECOND - 1) / SECOND;
        return of(429, "this client sends more than it may; the next request is allowed in " + seconds + " s", seconds);
    }

    /** The client wants only what is stored (RFC 9111, 5.2.1.7). */
    static Reply notStored() {
        return of(504, "the cache has no response that this request may have");
    }

    static Reply maintenance(MaintenancePage page) {
        return new Reply(
                503,
                page.text(),
                "text/html; charset=utf-8",
                page.html(),
                page.retryAfter().toSeconds());
    }

    /** What a replica answered to the same request before. */
    static Reply again(KeptAnswer first, byte[] content) {
        List<Field> fields = new ArrayList<>(first.fields());
        fields.add(new Field("Idempotent-Replayed", "true"));
        if (first.status() != ResponseHead.NO_CONTENT) {
            fields.add(new Field("Content-Length", Integer.toString(content.length)));
        }
        return new Reply(first, fields, content);
    }

    static Reply of(int status, String why) {
        return of(status, why, status == 503 ? 1 : 0);
    }

    /** One that says when to come again, unless that is after 0 s. */
    static Reply of(int status, String why, long retryAfterSeconds) {
        String text = "{\"status\":" + status + ",\"error\":\"" + escaped(why) + "\"}\n";
        return new Reply(status, why, "application/json", text.getBytes(StandardCharsets.UTF_8), retryAfterSeconds);
    }

    String why() {
        return why;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    int status() {
        return status;
    }

    byte[] content() {
        return content;
    }

    /** Those of its head that do not depend on the connection. */
    List<Field> fields() {
        return fields;
    }

    private static List<Field> fields(String type, byte[] content, long retryAfterSeconds) {
        List<Field> fields = new ArrayList<>();
        if (retryAfterSeconds > 0) {
            fields.add(new Field("Retry-After", Long.toString(retryAfterSeconds)));
        }
        fields.add(new Field("Content-Type", type));
        fields.add(new Field("Content-Length", Integer.toString(content.length)));
        return fields;
    }

    byte[] bytes(ResponseRewrite.Persistence persistence) {
        return bytes(persistence, true);
    }

    /** The same as the answer to a HEAD. */
    byte[] headOnly(ResponseRewrite.Persistence persistence) {
        return bytes(persistence, false);
    }

    private byte[] bytes(ResponseRewrite.Persistence persistence, boolean whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Octets.ascii("HTTP/1.1 " + status + " " + reason + "\r\n" + DateLine.at(Instant.now())));
        fields().forEach(field -> bytes.writeBytes(field.line()));
        bytes.writeBytes(persistence.line());
        bytes.writeBytes(Octets.ascii("\r\n"));
        if (whole) {
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }

    private static String limit(Refusal why, Limits limits) {
        return switch (why) {
            case LONG_TARGET -> " (" + limits.targetBytes() + " bytes)";
            case LARGE_HEAD -> " (" + limits.headBytes() + " bytes)";
            case MANY_FIELDS -> " (" + limits.fields() + ")";
            case LARGE_BODY -> " (" + limits.bodyBytes() + " bytes)";
            case LARGE_TRAILER -> " (" + limits.trailerBytes() + " bytes)";
            default -> "";
        };
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c < ' ' ? ' ' : (char) c);
        });
        return escaped.toString();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> throw new IllegalStateException("status: " + status + " (expected: one of ours)");
        };
    }
}
