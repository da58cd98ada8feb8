package io.symphony.proxy.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The request fields that a response depends on, as Vary names them, and what they were (RFC 9111, 4.1). */
record Selection(Map<String, String> values) {

    /** Their members mean the same in upper and in lower case. */
    private static final Set<String> CASELESS = Set.of("accept-encoding", "accept-language", "accept-charset");

    /** We set these ourselves on the way to a replica, so the client's tell nothing of what it saw. */
    private static final Set<String> OURS = Set.of("via", "forwarded", "x-request-id");

    private static final String OURS_TOO = "x-forwarded-";

    Selection {
        values = Map.copyOf(values);
    }

    /** What this response was selected by; none where nobody can tell. */
    static Optional<Selection> of(Fields response, Fields request) {
        List<String> names = ListMembers.of(response.joined("vary").toLowerCase(Locale.ROOT));
        if (names.stream().anyMatch(Selection::isBeyondUs)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        names.forEach(name -> values.put(name, normal(name, request)));
        return Optional.of(new Selection(values));
    }

    private static boolean isBeyondUs(String name) {
        return name.equals("*") || OURS.contains(name) || name.startsWith(OURS_TOO);
    }

    boolean matches(Fields request) {
        return values.entrySet().stream().allMatch(value -> value.getValue().equals(normal(value.getKey(), request)));
    }

    private static String normal(String name, Fields request) {
        if (!request.has(name)) {
            return "absent"; // which no value is, for they all end in a comma
        }
        String joined = request.joined(name);
        String cased = CASELESS.contains(name) ? joined.toLowerCase(Locale.ROOT) : joined;
        return ListMembers.of(cased).stream().map(member -> member + ",").collect(Collectors.joining());
    }

    int length() {
        return values.entrySet().stream()
                .mapToInt(value -> value.getKey().length() + value.getValue().length())
                .sum();
    }
}
