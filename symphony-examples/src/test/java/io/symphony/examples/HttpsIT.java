package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} with a certificate, as its own process, and clients that check it. */
class HttpsIT {
    private static final Path KEYS =
            Path.of("..", "symphony-proxy", "src", "test", "resources", "io", "symphony", "proxy", "tls");

    @TempDir
    Path folder;

    @Test
    void aClientThatTrustsTheAuthorityIsServedAndANewCertificateNeedsNoRestart() throws Exception {
        install("first");
        SSLContext trust = trusting(KEYS.resolve("ca.pem"));
        try (Launched sample = Launched.program("sample", "--port", "0");
                Launched up = Launched.program(
                        "up",
                        "--backends",
                        sample.awaitLine("http://(\\S+)"),
                        "--listen",
                        "127.0.0.1:0",
                        "--tls-cert",
                        folder.resolve("chain.pem").toString(),
                        "--tls-key",
                        folder.resolve("key.pem").toString(),
                        "--tls-reload",
                        "100ms")) {
            URI url = URI.create(up.awaitLine("Listening on (https://127.0.0.1:\\d+)"));
            up.awaitLines(1, " ready ");

            assertThat(get(trust, url.resolve("/host")).statusCode()).isEqualTo(200);
            String before = shown(trust, url.getPort());
            install("second");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !shown(trust, url.getPort()).equals(before));
            assertThat(get(trust, url.resolve("/host")).statusCode()).isEqualTo(200);
            assertThat(up.terminate().exitCode()).isZero();
        }
    }

    @Test
    void aCertificateThatCannotBeUsedEndsTheStartWithASentence() throws Exception {
        Path garbage = Files.writeString(folder.resolve("chain.pem"), "no certificate");
        String key = KEYS.resolve("first.key").toString();

        try (Launched up = Launched.program(
                "up",
                "--backends",
                "127.0.0.1:1",
                "--listen",
                "127.0.0.1:0",
                "--tls-cert",
                garbage.toString(),
                "--tls-key",
                key)) {
            assertThat(up.exitCode()).isEqualTo(Command.FAILED);
            assertThat(up.output()).contains("up: ").contains(garbage.toString());
        }
    }

    /** As certificate tools do it: each file comes in one piece. */
    private void install(String name) throws Exception {
        move(KEYS.resolve(name + ".pem"), folder.resolve("chain.pem"));
        move(KEYS.resolve(name + ".key"), folder.resolve("key.pem"));
    }

    private void move(Path from, Path to) throws Exception {
        Path copy = Files.copy(from, folder.resolve("new"));
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static HttpResponse<String> get(SSLContext trust, URI url) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .build()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The name in the certificate that a new connection gets. */
    private static String shown(SSLContext trust, int port) throws Exception {
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
