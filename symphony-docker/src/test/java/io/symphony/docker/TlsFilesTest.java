package io.symphony.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /** The key that follows this many bytes into a PKCS#8 envelope of an RSA key is the older PKCS#1 form. */
    private static final int ENVELOPE_BYTES = 26;

    private static KeyStore store;

    @BeforeAll
    static void makeAKey(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        String words = Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -alias us -keyalg RSA -keysize 2048 -dname CN=us -ext san=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -keystore " + file;
        Process keytool = new ProcessBuilder(words.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD);
        }
    }

    @Test
    void bothSidesShowTheirCertificates(@TempDir Path directory) throws Exception {
        write(directory, "PRIVATE KEY", key().getEncoded());

        assertSpeaks(directory);
    }

    @Test
    void aKeyInTheOlderFormIsRead(@TempDir Path directory) throws Exception {
        byte[] pkcs8 = key().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, ENVELOPE_BYTES, pkcs8.length);
        assertThat(PrivateKeyFile.enveloped(pkcs1)).isEqualTo(pkcs8);
        write(directory, "RSA PRIVATE KEY", pkcs1);

        assertSpeaks(directory);
    }

    @Test
    void whatIsMissingOrUnreadableIsNamed(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> TlsFiles.read(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("certificates: " + directory)
                .hasMessageContaining("cert.pem");

        write(directory, "ENCRYPTED PRIVATE KEY", key().getEncoded());
        assertThatThrownBy(() -> TlsFiles.read(directory)).hasMessageContaining("not encrypted");
    }

    private static void assertSpeaks(Path certificates) throws Exception {
        DaemonAddress address;
        try (FakeDaemon fake = FakeDaemon.withTls(serverSide())) {
            address = DaemonAddress.of(fake.host());
            try (Daemon daemon =
                    new Daemon(address.withCertificates(certificates), Optional.empty(), Duration.ofSeconds(20))) {
                assertThat(daemon.version()).hasToString("1.44");
            }
        }
    }

    private static SSLContext serverSide() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("us", certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void write(Path directory, String sort, byte[] key) throws Exception {
        pem(directory.resolve("key.pem"), sort, key);
        pem(directory.resolve("cert.pem"), "CERTIFICATE", certificate().getEncoded());
        pem(directory.resolve("ca.pem"), "CERTIFICATE", certificate().getEncoded());
    }

    private static void pem(Path file, String sort, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + sort + "-----\n" + text + "\n-----END " + sort + "-----\n");
    }

    private static Certificate certificate() throws Exception {
        return store.getCertificate("us");
    }

    private static Key key() throws Exception {
        return store.getKey("us", PASSWORD);
    }
}
