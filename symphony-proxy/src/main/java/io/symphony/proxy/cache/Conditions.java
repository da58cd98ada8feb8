package io.symphony.proxy.cache;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a client's conditions make of a kept response (RFC 9111, 4.3.2). */
final class Conditions {

    /** They ask about something that only a replica has, or about a part. */
    private static final Set<String> NOT_OURS = Set.of("if-match", "if-unmodified-since", "if-range", "range");

    /** Those that a question of ours takes the place of. */
    static final Set<String> OURS = Set.of("if-none-match", "if-modified-since");

    private static final int OK = 200;

    private Conditions() {}

    static boolean areBeyondUs(Fields request) {
        return NOT_OURS.stream().anyMatch(request::has);
    }

    static boolean areThere(Fields request) {
        return OURS.stream().anyMatch(request::has);
    }

    /** Whether the client has it already, so that a 304 answers it. */
    static boolean areMet(Fields request, Stored stored) {
        if (stored.status() != OK) {
            return false;
        }
        if (request.has("if-none-match")) {
            return namesTag(request.joined("if-none-match"), stored.etag());
        }
        return request.first("if-modified-since")
                .filter(since -> isUnmodified(since, stored))
                .isPresent();
    }

    private static boolean namesTag(String tags, Optional<String> etag) {
        return tags.strip().equals("*")
                || etag.map(Conditions::opaque)
                        .filter(own -> ListMembers.of(tags).stream()
                                .anyMatch(tag -> opaque(tag).equals(own)))
                        .isPresent();
    }

    /** The tag without its weakness, which does not count here (RFC 9110, 13.1.2). */
    static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static boolean isUnmodified(String since, Stored stored) {
        Instant received = stored.freshness().received();
        Optional<Instant> modified = stored.fields()
                .first("last-modified")
                .or(() -> stored.fields().first("date"))
                .flatMap(text -> HttpDate.of(text, received));
        Optional<Instant> asked = HttpDate.of(since, received);
        return modified.isPresent() && asked.isPresent() && !modified.get().isAfter(asked.get());
    }
}
