package io.symphony.proxy;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ProbeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several services behind one listener; each answers with its name. */
class RoutesTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    private Orchestrator service(String name) throws IOException {
        Backend backend = Backend.answering("HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name);
        Orchestrator service = Orchestrator.of(ServiceSpec.backends(name, List.of(backend.endpoint())))
                .probe((endpoint, timeout) -> completedStage(ProbeResult.well()))
                .start();
        open.add(0, backend);
        open.add(0, service);
        await().until(() -> service.status().ready() == 1);
        return service;
    }

    private int listening(Routes routes) {
        Listener listener = Listener.routing(routes)
                .at("127.0.0.1", 0)
                .workers(1)
                .drain(Duration.ofMillis(100))
                .start();
        open.add(0, listener);
        return listener.address().getPort();
    }

    /** The routes of all tests: by host, by path, by both, and what is left. */
    private Routes routes() throws IOException {
        Orchestrator api = service("api");
        return Routes.elseTo(service("shop"))
                .withPath("/api/", api)
                .withPath("/api/v2", service("api2"))
                .with("Mail.example.org", service("mail"))
                .with("mail.example.org", "/admin", service("admin"))
                .with("[::1]", api);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static String answer(int port, String host, String target) throws IOException {
        try (Wire client = Wire.to(port)) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            String head = client.head();
            int length = Integer.parseInt(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
            return head.substring(9, 12) + " " + client.read(length);
        }
    }

    @Test
    void theMostSpecificRouteCounts() throws Exception {
        int port = listening(routes());

        List<String> cases = List.of(
                "example.org / shop",
                "example.org /apis shop",
                "example.org /API shop",
                "example.org /api api",
                "example.org /api?x=1 api",
                "example.org /api/v1 api",
                "example.org /api/v20 api",
                "example.org /api/v2/x api2",
                "mail.example.org / mail",
                "MAIL.example.org:8443 /x mail",
                "mail.example.org /api mail",
                "mail.example.org /admin/x admin",
                "mail.example.organ / shop",
                "a.mail.example.org / shop",
                "[::1]:80 / api",
                "example.org http://mail.example.org/admin admin");
        for (String each : cases) {
            String[] parts = each.split(" ", -1);
            assertThat(answer(port, parts[0], parts[1])).as(each).isEqualTo("200 " + parts[2]);
        }
    }

    @Test
    void whatNoRouteLeadsAnywhereIsNotFound() throws Exception {
        int port = listening(Routes.only().with("mail.example.org", service("mail")));

        assertThat(answer(port, "mail.example.org", "/")).isEqualTo("200 mail");
        assertThat(answer(port, "example.org", "/")).startsWith("404 ").contains("no service has this host and path");
    }

    @Test
    void oneConnectionMayAskForSeveralServices() throws Exception {
        int port = listening(routes());

        try (Wire client = Wire.to(port)) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /api HTTP/1.1\r\nHost: x\r\n\r\n");
            client.head();
            assertThat(client.read(4)).isEqualTo("shop");
            client.head();
            assertThat(client.read(3)).isEqualTo("api");
        }
    }

    @Test
    void maintenanceOfOneServiceLeavesTheOthersServing() throws Exception {
        Orchestrator shop = service("shop");
        int port = listening(Routes.elseTo(shop).with("mail", service("mail")));
        shop.beginMaintenance();

        assertThat(answer(port, "shop", "/")).startsWith("503 ");
        assertThat(answer(port, "mail", "/")).isEqualTo("200 mail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "mail:80", "/x"})
    void aHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> Routes.only().with(host, service("a")))
                .hasMessage("host: " + host + " (expected: a host without a port)");
    }

    @ParameterizedTest
    @CsvSource({"api", "/a?b", "/a b", "/a#b"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> Routes.only().withPath(path, service("a")))
                .hasMessage("path: " + path + " (expected: /PATH as in a URL, without a query)");
    }

    @Test
    void aRouteThatIsGivenTwiceIsRefused() throws Exception {
        Orchestrator one = service("one");

        assertThatThrownBy(() -> Routes.only().with("a", "/x", one).with("A", "/x/", one))
                .hasMessage("route: A/x/ given twice (expected: once)");
    }
}
