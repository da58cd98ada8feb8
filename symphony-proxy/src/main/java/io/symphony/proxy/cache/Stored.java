package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A response that is kept. It never changes; what a revalidation makes of it is another one. */
final class Stored {

    /** They frame or code the body, which stays as it is whatever a later head says (RFC 9111, 3.2). */
    private static final Set<String> OF_THE_BODY = Set.of("content-length", "content-encoding", "content-range");

    /** About what the objects around the bytes take. */
    private static final int OVERHEAD_BYTES = 512;

    /** A longer one would not fit into the head of a request. */
    private static final int LONGEST_VALIDATOR = 256;

    private final int status;
    private final String reason;
    private final Fields fields;
    private final byte[] body;
    private final Selection selection;
    private final CacheControl control;
    private final Freshness freshness;

    Stored(int status, String reason, Fields fields, byte[] body, Selection selection, Freshness freshness) {
        this.status = status;
        this.reason = reason;
        this.fields = fields;
        this.body = body;
        this.selection = selection;
        this.freshness = freshness;
        control = CacheControl.of(fields);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    Fields fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    CacheControl control() {
        return control;
    }

    Freshness freshness() {
        return freshness;
    }

    boolean isFor(Fields request) {
        return selection.matches(request);
    }

    /** Whether a request that is for one of the two is for the other, too. */
    boolean standsInPlaceOf(Stored other) {
        return selection.equals(other.selection);
    }

    /** The fields that ask whether it still holds; none where nothing in it can be asked about. */
    Fields question() {
        Fields question = etag().map(etag -> Fields.of("If-None-Match", etag)).orElse(Fields.NONE);
        return validator("last-modified")
                .map(modified -> question.with("If-Modified-Since", modified))
                .orElse(question);
    }

    Optional<String> etag() {
        return validator("etag");
    }

    private Optional<String> validator(String name) {
        return fields.first(name).filter(value -> !value.isEmpty() && value.length() <= LONGEST_VALIDATOR);
    }

    /** The same response after a 304 said that it holds, with the fields that came with that (RFC 9111, 3.2). */
    Stored freshened(Fields notModified, Instant asked, Instant received) {
        Fields news = notModified.without(OF_THE_BODY);
        // The age is that of what was just confirmed.
        Fields merged = fields.without(news.names()).without(Set.of("age")).and(news);
        return new Stored(status, reason, merged, body, selection, Freshness.of(status, merged, asked, received));
    }

    boolean hasTagOf(Stored other) {
        return etag().map(Conditions::opaque).equals(other.etag().map(Conditions::opaque));
    }

    /** Whether it answers at least one more request without a replica's word. */
    boolean livesUnasked() {
        return !control.has("no-cache") && freshness.lifetime().compareTo(Duration.ZERO) > 0;
    }

    /** What the head of a response to HEAD tells against: another representation than this one. */
    boolean isContradictedBy(Fields head) {
        return differs("etag", head) || differs("last-modified", head) || differs("content-length", head);
    }

    private boolean differs(String name, Fields head) {
        return head.has(name) && fields.has(name) && !head.first(name).equals(fields.first(name));
    }

    int weightBytes() {
        return body.length + fields.length() + selection.length() + OVERHEAD_BYTES;
    }
}
