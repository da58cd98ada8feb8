package io.symphony.process;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a replica's processes carry in their environment. Children inherit it and it outlives us, so it is how a new
 * orchestrator finds what an old one started. The output file has a name of its own for each start, which makes the
 * mark differ between two starts of one replica.
 */
record Mark(ReplicaId id, String version, Endpoint endpoint, Output output) {

    private static final String PREFIX = "SYMPHONY_";
    private static final String SERVICE = "SYMPHONY_SERVICE";
    private static final String REPLICA = "SYMPHONY_REPLICA";
    private static final String VERSION = "SYMPHONY_VERSION";
    private static final String ENDPOINT = "SYMPHONY_ENDPOINT";
    private static final String OUTPUT = "SYMPHONY_OUTPUT";

    /** Our words win over equal ones that were there, such as the mark of an orchestrator that we run under. */
    void writeTo(Map<String, String> environment) {
        environment.put("PORT", Integer.toString(endpoint.port()));
        environment.put(SERVICE, id.service());
        environment.put(REPLICA, id.toString());
        environment.put(VERSION, version);
        environment.put(ENDPOINT, endpoint.toString());
        environment.put(OUTPUT, output.path().toString());
    }

    /** Reads the kernel's form of an environment, words ended by NUL; only our own words are kept. */
    static Optional<Mark> readFrom(byte[] environ) {
        String text = new String(environ, StandardCharsets.UTF_8);
        return text.contains(OUTPUT) ? parse(ours(text)) : Optional.empty();
    }

    private static Map<String, String> ours(String text) {
        Map<String, String> words = new HashMap<>();
        for (String word : text.split("\0", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && word.startsWith(PREFIX)) {
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return words;
    }

    /** A process may rewrite its environment with anything; what does not read as a mark is none. */
    private static Optional<Mark> parse(Map<String, String> words) {
        try {
            ReplicaId id = ReplicaId.parse(words.getOrDefault(REPLICA, ""));
            Endpoint endpoint = Endpoint.parse(words.getOrDefault(ENDPOINT, ""));
            return Output.at(words.getOrDefault(OUTPUT, ""), id)
                    .map(output -> new Mark(id, words.getOrDefault(VERSION, ""), endpoint, output));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
