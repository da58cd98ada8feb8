package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Large bodies, slow ends, and a close in the middle. */
class StreamTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int LARGE = 100_000_000;

    @Test
    void largeBodiesArriveWholeBothWaysAtOnce() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    byte[] piece = new byte[50_000];
                    for (int left = LARGE; left > 0; left -= piece.length) {
                        wire.in().readNBytes(piece, 0, piece.length);
                        wire.send(piece);
                    }
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + LARGE + "\r\n\r\n");
            CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> sendNoise(client));
            client.head();
            assertThat(sum(client.in())).isEqualTo(sent.get());
        }
    }

    @Test
    void aSlowClientStopsItsReplicaAndNobodyElse() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Backend backend = Backend.playing(wire -> {
                    String head = wire.head();
                    if (head.startsWith("GET /large")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                        byte[] piece = new byte[50_000];
                        for (int left = LARGE; left > 0; left -= piece.length) {
                            wire.send(piece);
                            sent.addAndGet(piece.length);
                        }
                    } else {
                        wire.send(Backend.OK);
                    }
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire slow = Wire.slowReaderTo(setup.listener().address().getPort());
                Wire other = setup.connect()) {
            slow.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n").head();
            await().during(Duration.ofMillis(200)).until(new Standstill(sent)::holds);
            assertThat(sent.get()).isLessThan(LARGE / 2);
            assertThat(other.send(GET).head()).startsWith("HTTP/1.1 200 ");
            assertThat(slow.in().readNBytes(LARGE)).hasSize(LARGE);
        }
    }

    @Test
    void aSlowReplicaStopsItsClient() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    goOn.await();
                    wire.in().skipNBytes(LARGE);
                    wire.send(Backend.OK);
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + LARGE + "\r\n\r\n");
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendZeros(client, sent));
            await().during(Duration.ofMillis(200)).until(new Standstill(sent)::holds);
            assertThat(sent.get()).isLessThan(LARGE / 2);
            goOn.countDown();
            sending.get();
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void manyClientsOnFewLoopsEachGetTheirOwn() throws Exception {
        try (Backend backend = Backend.mirror();
                Setup setup = Setup.before(builder -> builder.workers(2), backend)) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                String name = "client-" + i;
                clients.add(CompletableFuture.runAsync(() -> askOften(setup, name)));
            }
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            assertThat(setup.trafficAtRest()).isEqualTo(new ListenerTraffic(13 * 200, 13 * 200, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void closingLetsWhatIsInsideFinishAndClosesWhatIsIdle() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    inside.countDown();
                    goOn.await();
                    wire.send(Backend.OK);
                    wire.rest();
                });
                Setup setup = Setup.before(builder -> builder.drain(Duration.ofSeconds(20)), backend);
                Wire idle = setup.connect();
                Wire busy = setup.connect()) {
            busy.send(GET);
            inside.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(setup.listener()::close);
            assertThat(idle.rest()).isEmpty();
            assertThat(closing).isNotDone();
            goOn.countDown();
            assertThat(busy.rest()).contains("Connection: close\r\n").endsWith("ok");
            closing.get();
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void anAccessLogHearsOfEveryRequestThatEnded() throws Exception {
        List<AccessLog.Entry> entries = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.accessLog(entries::add), backend);
                Wire client = setup.connect()) {
            client.send("GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n").head();
            setup.trafficAtRest();
            await().until(() -> entries.size() == 1);
            AccessLog.Entry entry = entries.get(0);
            assertThat(entry.target()).isEqualTo("/a?b");
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.responseBytes()).isEqualTo(2);
            assertThat(entry.replica()).map(Object::toString).hasValue("acts-1");
            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    private static void askOften(Setup setup, String name) {
        try (Wire client = setup.connect()) {
            for (int i = 0; i < 200; i++) {
                String line = "GET /" + name + "/" + i + " HTTP/1.1\r\n";
                client.send(line + "Host: h\r\n\r\n").head();
                assertThat(client.head()).startsWith(line);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long sendNoise(Wire wire) {
        try {
            CRC32 crc = new CRC32();
            byte[] piece = new byte[100_000];
            Random random = new Random(1);
            for (int left = LARGE; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                crc.update(piece);
                wire.send(piece);
            }
            return crc.getValue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void sendZeros(Wire wire, AtomicLong sent) {
        try {
            byte[] piece = new byte[100_000];
            for (int left = LARGE; left > 0; left -= piece.length) {
                wire.send(piece);
                sent.addAndGet(piece.length);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long sum(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        byte[] piece = new byte[100_000];
        for (int left = LARGE; left > 0; left -= piece.length) {
            in.readNBytes(piece, 0, piece.length);
            crc.update(piece);
        }
        return crc.getValue();
    }

    /** Whether a number no longer grows. */
    private static final class Standstill {

        private final AtomicLong number;
        private long before = -1;

        Standstill(AtomicLong number) {
            this.number = number;
        }

        boolean holds() {
            long now = number.get();
            boolean same = now == before && now > 0;
            before = now;
            return same;
        }
    }
}
