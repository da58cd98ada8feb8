package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions over real connections, by the listener and by the forwarder. */
class StickyRequestsTest {

    private final List<Backend> backends = new ArrayList<>();
    /** Who answers no more. */
    private volatile String lost = "";

    @BeforeEach
    void begin() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            backends.add(Backend.playing(wire -> {
                while (!wire.head().isEmpty() && !lost.equals(name)) {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + name);
                }
            }));
        }
    }

    @AfterEach
    void end() throws Exception {
        for (Backend backend : backends) {
            backend.close();
        }
    }

    @Test
    void theFirstResponseBringsTheCookieThatLeadsBack() throws Exception {
        try (Setup setup = Setup.before(builder -> builder.affinity(SessionAffinity.cookie()), all());
                Wire client = setup.connect()) {
            Set<String> homes = new HashSet<>();
            for (int session = 0; session < 6; session++) {
                String head = client.send(get("")).head();
                String cookie = head.replaceAll("(?s).*Set-Cookie: (symphony-acts=[0-9a-f]{16}); Path=/.*", "$1");
                String home = client.read(1);
                homes.add(home);
                for (int i = 0; i < 4; i++) {
                    assertThat(client.send(get("Cookie: " + cookie + "\r\n")).head())
                            .doesNotContain("Set-Cookie");
                    assertThat(client.read(1)).isEqualTo(home);
                }
            }
            assertThat(homes).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void aSessionWhoseReplicaIsLostMovesOnceAndIsToldSo() throws Exception {
        try (Setup setup = Setup.before(builder -> builder.affinity(SessionAffinity.cookie()), all());
                Wire client = setup.connect()) {
            String first = cookie(client.send(get("")).head());
            lost = client.read(1);

            String second = cookie(client.send(get("Cookie: " + first + "\r\n")).head());
            String moved = client.read(1);
            assertThat(moved).isNotEqualTo(lost);
            assertThat(second).isNotEqualTo(first);
            for (int i = 0; i < 4; i++) {
                assertThat(client.send(get("Cookie: " + second + "\r\n")).head())
                        .doesNotContain("Set-Cookie");
                assertThat(client.read(1)).isEqualTo(moved);
            }
        }
    }

    @Test
    void theForwarderKeepsSessionsToo() throws Exception {
        try (ForwarderSetup setup =
                ForwarderSetup.before(builder -> builder.affinity(SessionAffinity.cookie()), all())) {
            ForwardResponse first = setup.send(ForwardRequest.get("/"));
            String home = setup.text(first);
            String cookie = first.field("Set-Cookie").orElseThrow().replaceAll(";.*", "");
            for (int i = 0; i < 4; i++) {
                ForwardResponse next = setup.send(ForwardRequest.get("/").with("Cookie", cookie));
                assertThat(setup.text(next)).isEqualTo(home);
                assertThat(next.field("Set-Cookie")).isEmpty();
            }
        }
    }

    @Test
    void aHeadersValueKeepsASessionWithoutACookie() throws Exception {
        try (Setup setup = Setup.before(builder -> builder.affinity(SessionAffinity.header("X-Session")), all());
                Wire client = setup.connect()) {
            Set<String> homes = new HashSet<>();
            for (int session = 0; session < 6; session++) {
                Set<String> served = new HashSet<>();
                for (int i = 0; i < 4; i++) {
                    assertThat(client.send(get("X-Session: " + session + "\r\n"))
                                    .head())
                            .doesNotContain("Set-Cookie");
                    served.add(client.read(1));
                }
                assertThat(served).hasSize(1);
                homes.addAll(served);
            }
            assertThat(homes).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    private Endpoint[] all() {
        return backends.stream().map(Backend::endpoint).toArray(Endpoint[]::new);
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }

    private static String cookie(String head) {
        assertThat(head).contains("Set-Cookie: ");
        return head.replaceAll("(?s).*Set-Cookie: ([^;]*);.*", "$1");
    }
}
