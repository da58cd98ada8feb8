package io.symphony.proxy;

import java.util.List;

/**
 * How long the requests of a listener took since it began.
 *
 * <pre>{@code
 * ListenerDurations before = listener.durations();
 * pause();
 * Duration p99 = listener.durations().serverLatency().since(before.serverLatency()).quantile(0.99);
 * }</pre>
 *
 * @param server what clients saw, from the whole head of a request to the last byte of its response
 * @param client what replicas took for it, from the first byte that was sent, or the attempt to connect, to the last byte
 *     of the response; a request that was sent again counts each time
 * @param serverLatency all of {@code server} in finer steps
 * @param clientLatency all of {@code client} in finer steps
 */
public record ListenerDurations(
        List<DurationSeries> server, List<DurationSeries> client, Latency serverLatency, Latency clientLatency) {

    public ListenerDurations {
        server = List.copyOf(server);
        client = List.copyOf(client);
    }
}
