package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files a certificate can come from, and what becomes of files that change. */
class CertificatesTest {

    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"first.pem,first.key", "first.pem,first.sec1.key", "rsa.pem,rsa.key", "rsa.pem,rsa.pkcs1.key"})
    void keysOfAllCommonFormatsAreRead(String certificates, String key) {
        load(Tls.pem(Keys.file(certificates), Keys.file(key)));
    }

    @Test
    void aPkcs12FileIsRead() {
        load(Tls.pkcs12(Keys.file("first.p12"), "secret"));
    }

    @Test
    void theKeyMayStandInTheSameFileAmidOtherText() throws IOException {
        String all = "Bag Attributes\r\n" + Files.readString(Keys.file("first.pem")) + "Key Attributes: <none>\n"
                + Files.readString(Keys.file("first.key"));
        Path both = Files.writeString(folder.resolve("both.pem"), all);
        load(Tls.pem(both, both));
    }

    @ParameterizedTest
    @CsvSource({
        "first.pem, first.encrypted.key, has a password. Take it off with 'openssl pkey -in FILE -out NEW'",
        "rsa.pem, rsa.encrypted.key, has a password. Take it off with 'openssl pkey -in FILE -out NEW'",
        "first.pem, second.key, does not belong to the certificate",
        "first.pem, rsa.key, is no EC key as its certificate demands",
        "first.pem, rsa.pkcs1.key, is no EC key as its certificate demands",
        "ca.pem, first.key, does not belong to the certificate",
        "first.pem, first.pem, There is no private key in",
        "first.key, first.key, There is no certificate in",
    })
    void aFileThatIsOfNoUseIsNamedWithTheReason(String certificates, String key, String reason) {
        assertThatThrownBy(() -> load(Tls.pem(Keys.file(certificates), Keys.file(key))))
                .isInstanceOf(ListenerException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> load(Tls.pem(Path.of("nowhere.pem"), Keys.file("first.key"))))
                .hasMessage("Cannot read nowhere.pem: there is no such file.");
    }

    @Test
    void neitherKeysNorPasswordsAreEverShown() throws IOException {
        String key = Files.readString(Keys.file("first.key"));
        Path damaged = Files.writeString(folder.resolve("damaged.key"), key.replaceFirst("\nM", "\nA"));
        assertThatThrownBy(() -> load(Tls.pem(Keys.file("first.pem"), damaged)))
                .hasMessageContaining("is malformed")
                .hasNoCause();
        assertThatThrownBy(() -> load(Tls.pkcs12(Keys.file("first.p12"), "open sesame")))
                .hasMessageEndingWith("first.p12 cannot be read as PKCS#12. Is the password right?")
                .hasNoCause();
        assertThat(Tls.pkcs12(folder, "open sesame")).asString().doesNotContain("sesame");
    }

    @Test
    void aPauseBetweenLooksHasALeast() {
        assertThatThrownBy(() -> Keys.first().reloadEvery(Duration.ZERO))
                .hasMessage("reloadEvery: PT0S (expected: 1 ms to 365 days)");
    }

    @Test
    void filesThatHaveNotChangedChangeNothing() throws IOException {
        Certificates certificates = changing();
        SSLContext before = certificates.context();
        certificates.look();
        put("first.pem", "chain.pem");
        certificates.look();
        assertThat(certificates.context()).isSameAs(before);
        assertThat(reports).isEmpty();
    }

    @Test
    void aHalfReplacedPairIsReportedOnceAndTakenWhenItIsWhole() throws IOException {
        Certificates certificates = changing();
        SSLContext before = certificates.context();
        put("second.pem", "chain.pem");
        certificates.look();
        certificates.look();
        assertThat(certificates.context()).isSameAs(before);
        assertThat(reports)
                .singleElement()
                .asString()
                .matches(
                        "The old certificate stays, valid until 2120-.*: The "
                                + "private key does not belong to the certificate in .*chain.pem. Is the leaf the first one\\?");
        put("second.key", "key.pem");
        certificates.look();
        assertThat(certificates.context()).isNotSameAs(before);
        assertThat(reports).hasSize(2).last().asString().startsWith("New connections get the new certificate");
    }

    @Test
    void aFileThatHasGoneIsReportedOnceEachTimeItGoes() throws IOException {
        Certificates certificates = changing();
        for (int i = 1; i <= 2; i++) {
            Files.delete(folder.resolve("key.pem"));
            certificates.look();
            certificates.look();
            assertThat(reports).hasSize(i).last().asString().contains("key.pem: there is no such file");
            put("first.key", "key.pem");
            certificates.look();
        }
        assertThat(reports).hasSize(2);
    }

    private Certificates changing() throws IOException {
        put("first.pem", "chain.pem");
        put("first.key", "key.pem");
        return load(Tls.pem(folder.resolve("chain.pem"), folder.resolve("key.pem")));
    }

    private void put(String key, String as) throws IOException {
        Files.copy(Keys.file(key), folder.resolve(as), StandardCopyOption.REPLACE_EXISTING);
    }

    private Certificates load(Tls tls) {
        return new Certificates(tls.source(), reports::add, reports::add);
    }
}
