package io.symphony.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.sample.SampleService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static SampleService sample;

    @BeforeAll
    static void startSample() throws IOException {
        sample = SampleService.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stopSample() {
        sample.end();
    }

    @Test
    void eachRequestIsAnsweredOnceWhateverTheMethod() throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")) {
            LoadResult result = run(request(method, "/echo", "x".repeat(1000)), Schedule.asFastAsAnswered(200), 8, 2);

            assertThat(result.succeeded()).as(method).isEqualTo(200);
            assertThat(result.failed()).isZero();
            assertThat(result.latencies().count()).isEqualTo(200);
            assertThat(result.statuses()).isEqualTo(Map.of(200, 200L));
        }
    }

    @Test
    void anErrorStatusIsAFailureWithItsReason() throws Exception {
        LoadResult result = run(request("GET", "/fail?status=503", ""), Schedule.asFastAsAnswered(10), 2, 1);

        assertThat(result.failed()).isEqualTo(10);
        assertThat(result.reasons()).isEqualTo(Map.of("status 503", 10L));
        assertThat(result.statuses()).isEqualTo(Map.of(503, 10L));
    }

    @Test
    void aRefusedConnectionIsAFailureWithItsReason() throws Exception {
        LoadResult result = run(toPort(unusedPort()), Schedule.asFastAsAnswered(10), 2, 1);

        assertThat(result.total()).isEqualTo(10);
        assertThat(result.reasons()).isEqualTo(Map.of("connection refused", 10L));
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailureAfterTheTimeout() throws Exception {
        LoadPlan plan = new LoadPlan(
                request("GET", "/slow?ms=1000", ""),
                Schedule.asFastAsAnswered(1),
                1,
                1,
                LoadPlan.WITHOUT_END,
                Duration.ofMillis(200));

        assertThat(run(plan).reasons()).isEqualTo(Map.of("no answer within 200 ms", 1L));
    }

    @Test
    void withARateTheLatencyCountsFromTheTimeThatARequestWasDue() throws Exception {
        // One connection and answers after 100 ms: the fourth is due 30 ms after the first and answered 300 ms after
        // it.
        LoadResult result = run(request("GET", "/slow?ms=100", ""), Schedule.evenly(100, 4), 1, 1);

        assertThat(result.latencies().most() - result.latencies().least())
                .isGreaterThan(Duration.ofMillis(200).toNanos());
    }

    @Test
    void aRunOfSetLengthEndsAndSaysWhatItCouldNotSend() throws Exception {
        LoadPlan plan = new LoadPlan(
                request("GET", "/slow?ms=200", ""),
                Schedule.evenly(100, Long.MAX_VALUE),
                1,
                1,
                Duration.ofMillis(500),
                PATIENCE);

        LoadResult result = run(plan);

        assertThat(result.total()).isBetween(2L, 4L);
        assertThat(result.unsent()).isEqualTo(50 - result.total());
    }

    @Test
    void aServerThatClosesBetweenTwoRequestsIsAskedAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerOnceEach(server), "closing-server");
            thread.setDaemon(true);
            thread.start();

            LoadResult result = run(toPort(server.getLocalPort()), Schedule.asFastAsAnswered(20), 1, 1);

            assertThat(result.succeeded()).isEqualTo(20);
            assertThat(result.failed()).isZero();
        }
    }

    /** Answers one request on each connection, as if it were to stay open, and closes it without a word. */
    private static void answerOnceEach(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                readHead(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
        }
    }

    private static LoadResult run(Request request, Schedule schedule, int connections, int threads) throws Exception {
        return run(new LoadPlan(request, schedule, connections, threads, LoadPlan.WITHOUT_END, PATIENCE));
    }

    private static LoadResult run(LoadPlan plan) throws Exception {
        LoadRun run = LoadRun.start(plan);
        try (run) {
            assertThat(run.endsWithin(PATIENCE)).isTrue();
        }
        return run.result();
    }

    private static Request request(String method, String path, String body) {
        return Request.of(
                method, URI.create("http://127.0.0.1:" + sample.address().getPort() + path), List.of(), body);
    }

    private static Request toPort(int port) {
        return Request.of("GET", URI.create("http://127.0.0.1:" + port + "/"), List.of(), "");
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
