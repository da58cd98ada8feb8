package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void clientsAreToldWithAPageOfOurOwnWhenToComeAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("page.html"), "<p>Zurück um acht</p>");
        MaintenancePage page = MaintenancePage.from(file).withRetryAfter(Duration.ofMinutes(5));
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.maintenance(page), backend);
                Wire client = setup.connect()) {
            setup.orchestrator().beginMaintenance();

            assertThat(client.send(GET).head())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 300\r\n", "Content-Type: text/html; charset=utf-8\r\n");
            assertThat(client.readTo("</p>")).isEqualTo("<p>Zur\u00c3\u00bcck um acht</p>");

            setup.orchestrator().resume();
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void inAPauseARequestWaitsAndIsServedAfterIt() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withPatience(Duration.ofSeconds(60))),
                        backend);
                Wire client = setup.connect()) {
            setup.orchestrator().pause();
            client.send(GET);
            await().until(() -> setup.orchestrator().status().waiting() == 1);

            setup.orchestrator().resume();
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whatIsWrongWithAPageIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaintenancePage.plain().withRetryAfter(Duration.ZERO))
                .withMessage("retryAfter: PT0S (expected: 1 s to 365 days)");
    }
}
