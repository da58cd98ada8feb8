package io.symphony.proxy;

import static io.symphony.proxy.Keys.TLS_12;
import static io.symphony.proxy.Keys.TLS_13;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Clients that speak TLS as they should not, or not at all. */
class TlsAbuseTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int ALERT = 21;
    private static final int PROTOCOL_VERSION = 70;

    @Test
    void plainHttpIsToldThatThisIsHttps() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = setup.connect()) {
            assertThat(client.send(GET).rest())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\r\nConnection: close\r\n")
                    .contains("this is plain HTTP, and the port speaks HTTPS");
            assertThat(setup.trafficAtRest().refused()).isEqualTo(1);
        }
    }

    @Test
    void tls11IsRefusedWithAnAlert() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = setup.connect()) {
            byte[] answer = client.send(hello(2)).in().readAllBytes();
            assertThat(answer).hasSize(7);
            assertThat(answer[0]).isEqualTo((byte) ALERT);
            assertThat(answer[6]).isEqualTo((byte) PROTOCOL_VERSION);
        }
    }

    @Test
    void aClientThatSpeaksOnlyHttp2IsRefused() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, TLS_13)) {
            SSLSocket socket = (SSLSocket) client.socket();
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @Test
    void rubbishEndsTheConnectionAndNothingElse() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire other = connect(setup, TLS_13);
                Wire client = setup.connect()) {
            other.send(GET).head();
            client.send(new byte[] {22, 3, 1, -1, -1, 0, 0, 0}).in().readAllBytes();
            assertThat(other.read(2)).isEqualTo("ok");
            assertThat(other.send(GET).head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anAbortInTheMiddleOfAHandshakeFreesItsPlace() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend)) {
            byte[] hello = hello(3);
            for (int length : new int[] {1, 6, 30, hello.length}) {
                try (Wire client = setup.connect()) {
                    client.send(java.util.Arrays.copyOf(hello, length));
                    await().until(() -> setup.listener().connections() == 1);
                    client.reset();
                    await().until(() -> setup.listener().connections() == 0);
                }
            }
        }
    }

    @Test
    void aHandshakeHasAsLongAsAHead() throws Exception {
        Timeouts timeouts = Timeouts.defaults().withHead(Duration.ofMillis(100));
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> Keys.tls(builder).timeouts(timeouts), backend);
                Wire begun = setup.connect();
                Wire answered = setup.connect()) {
            begun.send(new byte[] {22, 3, 1});
            answered.send(hello(3));
            assertThat(begun.isEnded()).isTrue();
            answered.in().readAllBytes();
            await().until(() -> setup.listener().connections() == 0);
        }
    }

    @Test
    void aConnectionWithoutAByteEndsInTime() throws Exception {
        Timeouts timeouts = Timeouts.defaults().withFirstByte(Duration.ofMillis(100));
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> Keys.tls(builder).timeouts(timeouts), backend);
                Wire silent = setup.connect();
                Wire shaken = connect(setup, TLS_13)) {
            ((SSLSocket) shaken.socket()).startHandshake();
            assertThat(silent.isEnded()).isTrue();
            assertThat(shaken.rest()).isEmpty();
        }
    }

    @Test
    void aHeadThatComesTooSlowlyIsAnsweredOverTls() throws Exception {
        Timeouts timeouts = Timeouts.defaults().withHead(Duration.ofMillis(500));
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> Keys.tls(builder).timeouts(timeouts), backend);
                Wire client = connect(setup, TLS_12)) {
            assertThat(client.send("GET / HT").rest()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aClientMayNotRenegotiate() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, TLS_12)) {
            client.send(GET).head();
            assertThat(client.read(2)).isEqualTo("ok");
            ((SSLSocket) client.socket()).startHandshake();
            assertThatThrownBy(() -> client.send(GET).head()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void keysMayBeUpdatedNowAndThenButNotWithoutEnd() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(Keys::tls, backend);
                Wire client = connect(setup, TLS_13)) {
            for (int i = 0; i < 20; i++) {
                updateKeys(client, 5);
                client.send(GET).head();
                assertThat(client.read(2)).isEqualTo("ok");
            }
            assertThatThrownBy(() -> {
                        updateKeys(client, 100);
                        client.send(GET).head();
                    })
                    .isInstanceOf(IOException.class);
            await().until(() -> setup.listener().connections() == 0);
        }
    }

    @Test
    void whoeverIsTooManyIsClosedWithoutAWord() throws Exception {
        Limits limits = Limits.defaults().withConnections(1);
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> Keys.tls(builder).limits(limits), backend);
                Wire first = connect(setup, TLS_13)) {
            first.send(GET).head();
            try (Wire second = setup.connect()) {
                assertThat(second.isEnded()).isTrue();
            }
            assertThat(setup.listener().traffic().turnedAway()).isEqualTo(1);
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsToldBeforeAnythingListens() {
        UnaryOperator<ListenerBuilder> wrong =
                builder -> builder.tls(Tls.pem(Keys.file("first.pem"), Keys.file("second.key")));
        assertThatThrownBy(() -> Setup.beforeNobody(wrong))
                .isInstanceOf(ListenerException.class)
                .hasMessageContaining("does not belong to the certificate");
    }

    /** In TLS 1.3 this is what a handshake comes to when there has been one. */
    private static void updateKeys(Wire client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ((SSLSocket) client.socket()).startHandshake();
        }
    }

    private static Wire connect(Setup setup, String version) throws IOException {
        return Keys.connect(setup.listener().address().getPort(), version);
    }

    /** The first message of a client that speaks up to this minor version. */
    private static byte[] hello(int minor) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {22, 3, 1, 0, 75, 1, 0, 0, 71, 3, (byte) minor});
        hello.writeBytes(new byte[32]);
        hello.writeBytes(new byte[] {0, 0, 4, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x2f, 1, 0});
        hello.writeBytes(new byte[] {0, 26});
        hello.writeBytes(new byte[] {0, 10, 0, 4, 0, 2, 0, 23}); // the group secp256r1: JDK 25 guesses none
        hello.writeBytes(new byte[] {0, 11, 0, 2, 1, 0}); // uncompressed points
        hello.writeBytes(new byte[] {0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1}); // signatures by ECDSA and RSA
        return hello.toByteArray();
    }
}
