package io.symphony.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The three files of {@code DOCKER_CERT_PATH}: ca.pem, cert.pem and key.pem. The daemon is always verified. */
final class TlsFiles {

    private static final char[] IN_MEMORY = {};

    private TlsFiles() {}

    static SSLContext read(Path directory) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(directory).getKeyManagers(), trust(directory).getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "certificates: " + directory + " (expected: a directory with ca.pem, cert.pem and key.pem): " + e,
                    e);
        }
    }

    private static KeyManagerFactory keys(Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        Certificate[] chain = certificates(directory.resolve("cert.pem")).toArray(Certificate[]::new);
        store.setKeyEntry("client", PrivateKeyFile.read(directory.resolve("key.pem")), IN_MEMORY, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        return keys;
    }

    private static TrustManagerFactory trust(Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate authority : certificates(directory.resolve("ca.pem"))) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
