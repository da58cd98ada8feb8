package io.symphony.proxy.admin;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.Entrance;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.ListenerException;
import io.symphony.rollout.RollOutStage;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.ProbeResult;
import io.symphony.testing.FakeRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The admin listener, asked over raw sockets, which may send what no client library lets one send. */
class AdminTest {

    private static final String TOKEN = "correct-horse";

    private Orchestrator acts;

    @BeforeEach
    void start() {
        ServiceSpec spec = ServiceSpec.command("acts", "acts").withEnv("PASSWORD", "hunter22");
        acts = Orchestrator.of(spec)
                .between(1, 4)
                .scaling(ScalingPolicy.fixed(2))
                .runtime(new FakeRuntime())
                .probe((endpoint, timeout) -> completedStage(ProbeResult.well()))
                .start();
        await().until(() -> acts.status().ready() == 2);
    }

    @AfterEach
    void close() {
        acts.close();
    }

    @Test
    void tellsHowThingsStand() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            assertThat(get(admin, "/status", ""))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"service\":\"acts\",\"target\":2,\"ready\":2", "\"id\":\"acts-1\",\"phase\":\"READY\"")
                    .contains("\"requests\":{\"accepted\":0,\"completed\":0,\"abandoned\":0,\"shed\":0,\"failed\":0")
                    .doesNotContain("hunter22");
            assertThat(get(admin, "/metrics", ""))
                    .contains("symphony_replicas{phase=\"ready\"} 2\n", "symphony_replicas_target 2\n")
                    .contains("symphony_requests_total{outcome=\"completed\"} 0\n")
                    .contains("symphony_replacements_total{cause=\"dead\"} 0\n", "symphony_unaccounted_requests 0\n")
                    .doesNotContain("acts-1");
            assertThat(get(admin, "/ready", "")).startsWith("HTTP/1.1 200");
            assertThat(get(admin, "/", "")).contains("Content-Security-Policy: default-src 'none'", "<!doctype html>");
            assertThat(get(admin, "/none", "")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void takesOrders() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            assertThat(post(admin, "/scale?replicas=3", "")).startsWith("HTTP/1.1 200");
            await().until(() -> acts.status().target() == 3);
            assertThat(post(admin, "/scale?auto", "")).startsWith("HTTP/1.1 200");
            await().until(() -> acts.status().target() == 2);

            assertThat(post(admin, "/scale?replicas=9", ""))
                    .startsWith("HTTP/1.1 400")
                    .contains("replicas: 9 (expected: 1 to 4)");
            assertThat(post(admin, "/drain?replica=acts-99", "")).startsWith("HTTP/1.1 404");
            assertThat(get(admin, "/scale?replicas=3", "")).startsWith("HTTP/1.1 405");
        }
    }

    @Test
    void holdsRequestsBackAndLetsThemInAgain() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            assertThat(post(admin, "/pause", "")).startsWith("HTTP/1.1 200");
            assertThat(acts.entrance()).isEqualTo(Entrance.PAUSED);
            assertThat(get(admin, "/status", "")).contains("\"entrance\":\"PAUSED\"");

            assertThat(post(admin, "/maintenance", "")).startsWith("HTTP/1.1 200");
            assertThat(get(admin, "/status", "")).contains("\"entrance\":\"MAINTENANCE\"");

            assertThat(post(admin, "/resume", "")).startsWith("HTTP/1.1 200");
            assertThat(get(admin, "/status", "")).contains("\"entrance\":\"OPEN\"");
        }
    }

    @Test
    void steersARollOut() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            assertThat(get(admin, "/status", "")).contains("\"rollOut\":{\"stage\":\"NONE\"");
            acts.rollOut(acts.spec().withEnv("COLOUR", "green"));
            await().until(() -> stage() == RollOutStage.RUNNING);

            assertThat(post(admin, "/rollout?pause", "")).startsWith("HTTP/1.1 200");
            await().until(() -> stage() == RollOutStage.PAUSED);
            assertThat(acts.entrance()).isEqualTo(Entrance.OPEN);
            assertThat(get(admin, "/status", "")).contains("\"rollOut\":{\"stage\":\"PAUSED\"");

            assertThat(post(admin, "/rollout?resume", "")).startsWith("HTTP/1.1 200");
            await().until(() -> stage() == RollOutStage.RUNNING);
            assertThat(post(admin, "/rollout?abort", "")).startsWith("HTTP/1.1 200");
            await().until(() -> stage() == RollOutStage.REVERTED);

            assertThat(post(admin, "/rollout", "")).startsWith("HTTP/1.1 400").contains("pause, resume or abort");
        }
    }

    private RollOutStage stage() {
        return acts.status().rollOut().stage();
    }

    @Test
    void refusesOtherNamesAndOtherOrigins() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            assertThat(ask(admin, "GET /status HTTP/1.1\r\nHost: evil.example\r\n"))
                    .startsWith("HTTP/1.1 421");
            assertThat(post(admin, "/scale?replicas=3", "Origin: http://evil.example\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(post(admin, "/scale?replicas=3", "Sec-Fetch-Site: cross-site\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(acts.status().target()).isEqualTo(2);
        }
    }

    @Test
    void demandsItsToken() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).token(TOKEN).start()) {
            assertThat(get(admin, "/status", "")).startsWith("HTTP/1.1 401");
            assertThat(get(admin, "/status", "Authorization: Bearer wrong\r\n")).startsWith("HTTP/1.1 401");
            assertThat(get(admin, "/status", "Authorization: Bearer " + TOKEN + "\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(get(admin, "/health", "")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void doesNotOpenToTheNetworkWithoutAToken() {
        assertThatThrownBy(() -> Admin.over(acts).at("0.0.0.0", 0).start())
                .isInstanceOf(ListenerException.class)
                .hasMessageContaining("give it a token");
    }

    @Test
    void whoComesBackMissesNoEvent() throws IOException {
        try (Admin admin = Admin.over(acts).at("127.0.0.1", 0).start()) {
            String first = line(admin, "", "id: ");
            String run = first.substring("id: ".length(), first.indexOf('-'));

            assertThat(first).endsWith("-1");
            assertThat(line(admin, "Last-Event-ID: " + run + "-2\r\n", "id: ")).isEqualTo("id: " + run + "-3");
            assertThat(line(admin, "Last-Event-ID: former-2\r\n", "id: ")).isEqualTo("id: " + run + "-1");
        }
    }

    private static String get(Admin admin, String target, String fields) throws IOException {
        return ask(admin, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields);
    }

    private static String post(Admin admin, String target, String fields) throws IOException {
        return ask(admin, "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + fields);
    }

    private static String ask(Admin admin, String head) throws IOException {
        try (Socket socket = connect(admin)) {
            send(socket, head + "Connection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The first line of the stream of events that begins so. */
    private static String line(Admin admin, String fields, String beginning) throws IOException {
        try (Socket socket = connect(admin)) {
            send(socket, "GET /events HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Socket connect(Admin admin) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), admin.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
