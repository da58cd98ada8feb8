package io.symphony.docker;

import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of a swarm that did not take a task lately. Swarm itself calls a dead one down only after some 15 s. */
final class SilentNodes {

    /** By then Swarm knows, or the node is back. */
    private static final Duration AVOIDED = Duration.ofSeconds(30);

    private final Map<String, Long> sinceNanos = new ConcurrentHashMap<>();
    private final Ticker ticker;

    SilentNodes(Ticker ticker) {
        this.ticker = ticker;
    }

    void add(String node) {
        sinceNanos.put(node, ticker.nanos());
    }

    /** Those that a new task should not go to, as Swarm's constraints. */
    List<String> constraints() {
        long now = ticker.nanos();
        sinceNanos.values().removeIf(since -> now - since > AVOIDED.toNanos());
        return sinceNanos.keySet().stream().map(node -> "node.id!=" + node).toList();
    }
}
