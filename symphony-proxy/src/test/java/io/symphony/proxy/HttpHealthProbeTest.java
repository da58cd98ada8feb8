package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.symphony.fleet.Endpoint;
import io.symphony.spi.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHealthProbeTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final HttpHealthProbe probe = HttpHealthProbe.at("/api/v1/_health");

    @AfterEach
    void close() {
        probe.close();
    }

    @ParameterizedTest
    @CsvSource({"200,WELL", "204,WELL", "299,WELL", "302,UNWELL", "404,UNWELL", "500,UNWELL", "503,UNWELL"})
    void anyTwoHundredIsWellAndAnyOtherAnswerIsUnwell(int status, ProbeResult.Verdict verdict) throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/api/v1/_health", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            ProbeResult found = ask(server.getAddress().getPort(), PATIENT);
            assertThat(found.verdict()).isEqualTo(verdict);
            assertThat(found.detail()).isEqualTo(status / 100 == 2 ? "well" : "answered " + status);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aReplicaThatRefusesIsSilent() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(ask(port, PATIENT)).isEqualTo(ProbeResult.silent("connection refused"));
    }

    @Test
    void aReplicaThatAcceptsAndNeverAnswersIsSilentAtTheDeadline() throws Exception {
        try (ServerSocket hung = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProbeResult found = ask(hung.getLocalPort(), Duration.ofMillis(100));
            assertThat(found).isEqualTo(ProbeResult.silent("no answer within 100 ms"));
        }
    }

    @Test
    void aBodyThatNeverEndsDoesNotOutliveTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletionStage<ProbeResult> found =
                    probe.probe(Endpoint.local(server.getLocalPort()), Duration.ofMillis(300));
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnever"));
                assertThat(result(found)).isEqualTo(ProbeResult.silent("no answer within 300 ms"));
            }
        }
    }

    @Test
    void garbageIsSilentNotWell() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletionStage<ProbeResult> found = probe.probe(Endpoint.local(server.getLocalPort()), PATIENT);
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(ascii("what?\r\n\r\n"));
            }
            assertThat(result(found).verdict()).isEqualTo(ProbeResult.Verdict.SILENT);
        }
    }

    @Test
    void eachCheckOpensAConnectionOfItsOwn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (int check = 0; check < 2; check++) {
                CompletionStage<ProbeResult> found = probe.probe(Endpoint.local(server.getLocalPort()), PATIENT);
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                    assertThat(result(found).isWell()).isTrue();
                }
            }
        }
    }

    @Test
    void aHungReplicaHoldsUpNoOtherCheck() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try (ServerSocket hung = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 150; i++) {
                probe.probe(Endpoint.local(hung.getLocalPort()), PATIENT);
            }
            assertThat(ask(server.getAddress().getPort(), PATIENT).isWell()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aClosedProbeSaysSoAsAResult() throws Exception {
        probe.close();
        assertThat(ask(1, PATIENT).verdict()).isEqualTo(ProbeResult.Verdict.SILENT);
    }

    @Test
    void aPathThatIsNoneIsRejected() {
        assertThatThrownBy(() -> HttpHealthProbe.at("health"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: 'health' (expected: / and visible ASCII)");
    }

    private ProbeResult ask(int port, Duration timeout) throws Exception {
        return result(probe.probe(Endpoint.local(port), timeout));
    }

    private static ProbeResult result(CompletionStage<ProbeResult> found) throws Exception {
        return found.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static InetSocketAddress loopback() throws IOException {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
