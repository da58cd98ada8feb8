package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;
import static io.symphony.examples.config.Parsers.durationOf;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.Timeouts;
import java.time.Duration;
import java.util.List;

/** How long the listener waits for each thing. */
final class TimeoutSettings {
    static final Setting<Duration> FIRST_BYTE =
            timeout("first-byte", "15s", "For the first byte on a new connection, then closed");
    static final Setting<Duration> HEAD =
            timeout("head", "15s", "From the first byte of a head to its last (408), and for a TLS handshake");
    static final Setting<Duration> KEEP_ALIVE = timeout("keep-alive", "75s", "For the next request, then closed");
    static final Setting<Duration> BODY = timeout("body", "30s", "For the next piece of a request body (408)");
    static final Setting<Duration> REPLICA = Setting.of("timeout-replica", "D", duration())
            .fallback("5s")
            .saying("For a replica to be there (503); 0s: do not wait");
    static final Setting<Duration> CONNECT =
            timeout("connect", "2s", "For a connection to a replica (another replica, or a wait)");
    static final Setting<Duration> RESPONSE =
            timeout("response", "60s", "From the end of a request to its response's head (504)");
    static final Setting<Duration> STREAM =
            timeout("stream", "5m", "For the next piece of a response, or the client to take one, then cut");
    static final Setting<Duration> TUNNEL =
            timeout("tunnel", "1h", "For the next piece in a tunnel, either way, then closed");
    static final Setting<Duration> IDLE =
            timeout("idle", "30s", "For a use of an idle connection to a replica, then closed");

    private TimeoutSettings() {}

    static List<Setting<?>> all() {
        return List.of(FIRST_BYTE, HEAD, KEEP_ALIVE, BODY, REPLICA, CONNECT, RESPONSE, STREAM, TUNNEL, IDLE);
    }

    static Timeouts plan(Configuration values) {
        return new Timeouts(
                values.value(FIRST_BYTE),
                values.value(HEAD),
                values.value(KEEP_ALIVE),
                values.value(BODY),
                values.value(REPLICA),
                values.value(CONNECT),
                values.value(RESPONSE),
                values.value(STREAM),
                values.value(TUNNEL),
                values.value(IDLE));
    }

    private static Setting<Duration> timeout(String name, String fallback, String saying) {
        return Setting.of("timeout-" + name, "D", durationOf(Duration.ofMillis(1)))
                .fallback(fallback)
                .saying(saying);
    }
}
