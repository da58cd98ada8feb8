package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ReplicaId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    private static final AccessLog.Entry PLAIN = entry("/a?b=c", "id-1");

    @TempDir
    Path folder;

    @Test
    void aLineOfJsonSaysWhatWasAskedAndHowItEnded() {
        assertThat(line(AccessLogFormat.JSON, PLAIN))
                .isEqualTo("{\"time\":\"2026-11-01T09:08:07.006Z\",\"client\":\"10.0.0.9\",\"method\":\"GET\","
                        + "\"target\":\"/a?b=c\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"request_bytes\":3,"
                        + "\"response_bytes\":5,\"took_ms\":1.020,\"replica\":\"acts-1\",\"request_id\":\"id-1\","
                        + "\"outcome\":\"completed\"}\n");
    }

    @Test
    void aCommonLineIsWhatOtherServersWrite() {
        assertThat(line(AccessLogFormat.COMMON, PLAIN))
                .isEqualTo("10.0.0.9 - - [01/Nov/2026:09:08:07 +0000] \"GET /a?b=c HTTP/1.1\" 200 5\n");
    }

    @Test
    void nothingThatAClientSendsCanEndItsQuotesOrItsLine() {
        AccessLog.Entry evil = entry("/\"\\\r\n\u0000\u007f\u0085\u00ff", "\"},{\"status\":\"500\n");
        assertThat(line(AccessLogFormat.COMMON, evil))
                .contains("\"GET /\\\"\\\\\\x0d\\x0a\\x00\\x7f\\x85\\xff HTTP/1.1\"")
                .containsOnlyOnce("\n");
        assertThat(line(AccessLogFormat.JSON, evil))
                .contains("\"target\":\"/\\\"\\\\\\u000d\\u000a\\u0000\\u007f\\u0085\\u00ff\"")
                .contains("\"request_id\":\"\\\"},{\\\"status\\\":\\\"500\\u000a\"")
                .containsOnlyOnce("\n");
    }

    @Test
    void everyRequestOfAListenerIsThereAlsoOneThatWasRefused() throws Exception {
        Path file = folder.resolve("access.log");
        HeaderPolicy headers = HeaderPolicy.defaults().withRequestIds(HeaderPolicy.RequestIds.KEPT_OR_MADE);
        try (AccessLogWriter log = AccessLog.json(file);
                Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.accessLog(log).headers(headers), backend);
                Wire client = setup.connect()) {
            client.send("GET /one HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\n\r\n")
                    .head();
            client.read(2);
            client.send("GET /two HTTP/1.1\r\nHost: h\r\n\r\n").head();
            client.read(2);
            client.send("GET /three HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n")
                    .rest();
            setup.trafficAtRest();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .contains("\"target\":\"/one\"", "\"status\":200", "\"response_bytes\":2", "\"request_id\":\"mine\"");
        assertThat(lines.get(1)).contains("\"target\":\"/two\"").containsPattern("\"request_id\":\"[0-9a-f]{32}\"");
        assertThat(lines.get(2))
                .contains("\"status\":400", "\"outcome\":\"shed\"")
                .containsPattern("\"response_bytes\":[1-9]")
                .doesNotContain("target", "request_id", "replica");
    }

    @Test
    void aFileThatWasMovedAwayIsFollowedByANewOne() throws Exception {
        Path file = folder.resolve("access.log");
        Path moved = folder.resolve("access.log.1");
        try (AccessLogWriter log = AccessLog.common(file)) {
            log.ended(entry("/before", ""));
            await().until(() -> Files.size(file) > 0);
            Files.move(file, moved);
            log.ended(entry("/after", ""));
            await().until(() -> Files.exists(file) && Files.size(file) > 0);
        }
        assertThat(moved).content().contains("/before").doesNotContain("/after");
        assertThat(file).content().contains("/after");
    }

    @Test
    void whatTheQueueHasNoRoomForIsCountedAndTheRestIsWritten() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream disk = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("not by octets");
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.write(bytes);
            }
        };
        AccessLog.Entry large = entry("/" + "a".repeat(8_000), "");
        AccessLogWriter log = AccessLog.common(disk);
        int sent = (int) (AccessLogWriter.MOST_WAITING / 8_000) * 3;
        for (int i = 0; i < sent; i++) {
            log.ended(large);
        }
        assertThat(log.dropped()).isBetween(sent / 3L, sent * 2L / 3 + 64);
        stuck.countDown();
        log.close();
        long lines = written.toString(StandardCharsets.US_ASCII).lines().count();
        assertThat(lines + log.dropped()).isEqualTo(sent);
    }

    @Test
    void whatAFullDiskRefusesIsCounted() {
        AccessLogWriter log = AccessLog.json(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        log.ended(PLAIN);
        log.ended(PLAIN);
        log.close();
        assertThat(log.dropped()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeOpenedIsSaidAtOnce() {
        assertThatThrownBy(() -> AccessLog.json(folder.resolve("none/access.log")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none/access.log: cannot be opened");
    }

    private static String line(AccessLogFormat format, AccessLog.Entry entry) {
        StringBuilder out = new StringBuilder();
        format.write(entry, out);
        return out.toString();
    }

    private static AccessLog.Entry entry(String target, String requestId) {
        return new AccessLog.Entry(
                Instant.parse("2026-11-01T09:08:07.006Z"),
                "10.0.0.9",
                "GET",
                target,
                "HTTP/1.1",
                200,
                3,
                5,
                Duration.ofNanos(1_020_300),
                Optional.of(new ReplicaId("acts", 1)),
                requestId,
                Outcome.COMPLETED);
    }
}
