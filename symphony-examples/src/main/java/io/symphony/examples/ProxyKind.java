package io.symphony.examples;

import java.util.Map;

/** Who stands before the replicas. */
enum ProxyKind {
    BUILTIN,
    NGINX;

    static Map<String, ProxyKind> byName() {
        return Map.of("builtin", BUILTIN, "nginx", NGINX);
    }
}
