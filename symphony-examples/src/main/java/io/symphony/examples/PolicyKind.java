package io.symphony.examples;

import java.util.Map;

/** What the number of replicas follows. */
enum PolicyKind {
    REQUESTS,
    RPS,
    FIXED;

    static final String EXPECTATION = "requests, rps or fixed; concurrency is not available yet";

    static Map<String, PolicyKind> byName() {
        return Map.of("requests", REQUESTS, "rps", RPS, "fixed", FIXED);
    }
}
