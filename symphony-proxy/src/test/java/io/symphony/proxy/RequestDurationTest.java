package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each kind of request is counted as, towards its client (in) and towards replicas (out). */
class RequestDurationTest {

    private static final String GET = "GET /secret?user=7 HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void aServedRequestIsCountedOnBothSidesByMethodAndStatus() throws Exception {
        try (Backend backend = Backend.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (String method : List.of("GET", "PATCH", "BREW")) {
                client.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n").head();
                client.read(2);
            }

            expect(
                    setup,
                    "in GET 404 1",
                    "in PATCH 404 1",
                    "in _OTHER 404 1",
                    "out GET 404 404 1",
                    "out PATCH 404 404 1",
                    "out _OTHER 404 404 1");
            assertThat(setup.listener().durations().serverLatency().quantile(0.99))
                    .isPositive();
        }
    }

    @Test
    void whatNoReplicaTakesIsAnAnswerOfOurs() throws Exception {
        Timeouts hasty = Timeouts.defaults().withPatience(Duration.ZERO);
        try (Setup setup =
                        Setup.before(builder -> builder.timeouts(hasty), Backend.closedPort(), Backend.closedPort());
                Wire client = setup.connect()) {
            client.send(GET).head();

            expect(setup, "in GET 502 502 1", "out GET 0 connect 2");
        }
    }

    @Test
    void aSilentReplicaIsATimeout() throws Exception {
        Timeouts impatient = Timeouts.defaults().withResponseHead(Duration.ofMillis(100));
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.rest();
                });
                Setup setup = Setup.before(builder -> builder.timeouts(impatient), backend);
                Wire client = setup.connect()) {
            client.send(GET).head();

            expect(setup, "in GET 504 504 1", "out GET 0 timeout 1");
            assertThat(setup.listener().durations().server().get(0).durations().sum())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(80));
        }
    }

    @Test
    void aResponseThatIsCutIsTruncatedAndItsReplicaClosedTheConnection() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();

            expect(setup, "in GET 200 truncated 1", "out GET 200 connection_closed 1");
        }
    }

    @Test
    void aResponseThatBreaksTheRulesIsMalformed() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 2000 OK\r\n\r\n");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();

            expect(setup, "in GET 502 502 1", "out GET 0 malformed_response 1");
        }
    }

    @Test
    void aClientThatGoesAwayCancelsWhatItsReplicaDoes() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n")
                    .head();
            client.reset();

            expect(setup, "in POST 200 client_gone 1", "out POST 200 cancelled 1");
        }
    }

    @Test
    void anUpgradeIsCountedWhenItIsAnsweredAndNotWhenItsTunnelEnds() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
                    .head();
            expect(setup, "in GET 101 1", "out GET 101 1");
            client.end().rest();

            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
            expect(setup, "in GET 101 1", "out GET 101 1");
        }
    }

    private static void expect(Setup setup, String... lines) {
        await().untilAsserted(
                        () -> assertThat(told(setup.listener().durations())).containsExactlyInAnyOrder(lines));
    }

    private static Set<String> told(ListenerDurations durations) {
        Set<String> lines = new TreeSet<>();
        durations.server().forEach(each -> lines.add("in " + line(each)));
        durations.client().forEach(each -> lines.add("out " + line(each)));
        return lines;
    }

    private static String line(DurationSeries each) {
        String error = each.errorType().map(type -> " " + type).orElse("");
        return each.method() + " " + each.status() + error + " "
                + each.durations().count();
    }
}
