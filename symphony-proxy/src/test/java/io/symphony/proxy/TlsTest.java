package io.symphony.proxy;

import static io.symphony.proxy.Keys.TLS_12;
import static io.symphony.proxy.Keys.TLS_13;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak TLS as they should. */
class TlsTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void bodiesOfAllSizesArriveWholeBothWays(String version) throws Exception {
        try (Backend backend = Backend.playing(TlsTest::echo);
                Setup setup = Setup.before(Keys::tls, backend)) {
            HttpClient client = client(version);
            for (int size : new int[] {0, 1, 16_383, 16_384, 16_385, 1_000_000, 20_000_000}) {
                byte[] body = noise(size);
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(at(setup, "https"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(sha(answer.body())).as("%d bytes", size).isEqualTo(sha(body));
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            }
            assertThat(setup.trafficAtRest().completed()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void everyByteMayArriveByItself(String version) throws Exception {
        try (Backend backend = Backend.playing(TlsTest::echo);
                Setup setup = Setup.before(Keys::tls, backend);
                Relay relay = new Relay(setup.listener().address().getPort());
                Wire client = Keys.connect(relay.port(), version)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n")
                    .send("hello");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(client.read(5)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void requestsMayBePipelined(String version) throws Exception {
        try (Backend backend = Backend.mirror();
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, version)) {
            client.send(get("/1", "") + get("/2", "") + get("/3", "Connection: close\r\n"));
            assertThat(client.rest()).containsSubsequence("GET /1 ", "GET /2 ", "GET /3 ");
        }
    }

    @Test
    void replicasAreToldThatItWasHttps() throws Exception {
        try (Backend backend = Backend.mirror();
                Setup setup = Setup.before(
                        builder -> Keys.tls(builder)
                                .headers(HeaderPolicy.defaults().withForwarded()),
                        backend);
                Wire client = connect(setup, TLS_13)) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: http\r\n\r\n")
                    .head();
            assertThat(client.head())
                    .contains("\r\nX-Forwarded-Proto: https\r\n", ";proto=https;")
                    .doesNotContain("X-Forwarded-Proto: http\r\n");
        }
    }

    @Test
    void aWebSocketClientTalksToItsServer() throws Exception {
        WebSocketTest.Heard heard = new WebSocketTest.Heard();
        try (Backend backend = Backend.playing(WebSocketTest::echo);
                Setup setup = Setup.before(Keys::tls, backend)) {
            WebSocket socket = client(TLS_13)
                    .newWebSocketBuilder()
                    .buildAsync(at(setup, "wss"), heard)
                    .get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 100; i++) {
                socket.sendText("message " + i, true).get(10, TimeUnit.SECONDS);
                assertThat(heard.next()).isEqualTo("message " + i);
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
            assertThat(heard.next()).isEqualTo("closed");
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void aResponseUntilTheEndOfItsConnectionEndsWithACloseNotify(String version) throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nall of it");
                });
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, version)) {
            // The JDK's sockets take an end without that word for an error.
            assertThat(client.send(GET).rest()).endsWith("\r\n\r\nall of it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_12, TLS_13})
    void aResponseThatWasCutOffDoesNotLookWhole(String version) throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nnot all of it");
                    wire.in().read();
                    wire.reset();
                });
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, version)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n");
            client.head();
            client.read(13);
            client.send("x");
            assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatHasSaidAllStillGetsItsAnswer() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, TLS_13)) {
            assertThat(client.send(GET).end().rest()).endsWith("ok");
        }
    }

    @Test
    void aTunnelMayEndOneWayFirst() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
                    wire.send("heard: " + wire.rest());
                });
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, TLS_13)) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
                    .head();
            assertThat(client.send("all").end().rest()).isEqualTo("heard: all");
        }
    }

    @Test
    void aSlowClientStopsItsReplica() throws Exception {
        int large = 40_000_000;
        AtomicLong sent = new AtomicLong();
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + large + "\r\n\r\n");
                    byte[] piece = new byte[50_000];
                    for (int left = large; left > 0; left -= piece.length) {
                        wire.send(piece);
                        sent.addAndGet(piece.length);
                    }
                    wire.rest();
                });
                Setup setup = Setup.before(Keys::tls, backend);
                Wire slow = connect(setup, TLS_13)) {
            slow.send(GET).head();
            AtomicLong before = new AtomicLong(-1);
            await().during(Duration.ofMillis(200))
                    .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
            assertThat(sent.get()).isLessThan(large / 2);
            assertThat(slow.in().readNBytes(large)).hasSize(large);
        }
    }

    @Test
    void aSecondConnectionResumes() throws Exception {
        SSLContext context = Keys.trusting();
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend)) {
            int port = setup.listener().address().getPort();
            try (Wire first = Keys.connect(context, port, TLS_12);
                    Wire second = Keys.connect(context, port, TLS_12)) {
                first.send(GET).head();
                second.send(GET).head();
                assertThat(began(second)).isEqualTo(began(first));
            }
        }
    }

    @Test
    void newConnectionsGetTheNewCertificateAndOldOnesGoOn() throws Exception {
        put("first");
        Tls tls =
                Tls.pem(folder.resolve("chain.pem"), folder.resolve("key.pem")).reloadEvery(Duration.ofMillis(10));
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.tls(tls), backend);
                Wire old = connect(setup, TLS_13)) {
            old.send(GET).head();
            put("second");
            await().until(() -> shown(setup).equals("CN=second"));
            assertThat(old.read(2)).isEqualTo("ok");
            assertThat(old.send(GET).head()).startsWith("HTTP/1.1 200 ");
            assertThat(Keys.shown(old)).isEqualTo("CN=first");
        }
    }

    @Test
    void closingEndsIdleConnectionsWithACloseNotify() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire idle = connect(setup, TLS_13)) {
            idle.send(GET).head();
            assertThat(idle.read(2)).isEqualTo("ok");
            setup.listener().close();
            assertThat(idle.rest()).isEmpty();
        }
    }

    private void put(String name) throws IOException {
        for (String file : new String[] {name + ".pem", name + ".key"}) {
            Path to = folder.resolve(file.endsWith(".pem") ? "chain.pem" : "key.pem");
            Files.copy(Keys.file(file), to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String shown(Setup setup) throws IOException {
        try (Wire wire = connect(setup, TLS_13)) {
            return Keys.shown(wire);
        }
    }

    private static long began(Wire wire) {
        return ((SSLSocket) wire.socket()).getSession().getCreationTime();
    }

    private static Wire connect(Setup setup, String version) throws IOException {
        return Keys.connect(setup.listener().address().getPort(), version);
    }

    private static HttpClient client(String version) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return HttpClient.newBuilder()
                .sslContext(Keys.trusting())
                .sslParameters(parameters)
                .build();
    }

    private static URI at(Setup setup, String scheme) {
        return URI.create(scheme + "://localhost:" + setup.listener().address().getPort() + "/");
    }

    /** Answers each request with its own body, of which all is there before the first byte goes back. */
    private static void echo(Wire wire) throws IOException {
        while (true) {
            String head = wire.head();
            int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+)\r\n.*", "$1"));
            byte[] body = wire.in().readNBytes(length);
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                    .send(body);
        }
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private static byte[] sha(byte[] content) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }
}
