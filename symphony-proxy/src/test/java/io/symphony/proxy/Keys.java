package io.symphony.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The keys and certificates of the TLS tests, all from one authority, and clients that trust it. */
final class Keys {

    static final String TLS_12 = "TLSv1.2";
    static final String TLS_13 = "TLSv1.3";

    private Keys() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Keys.class.getResource("tls/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Tls first() {
        return Tls.pem(file("first.pem"), file("first.key"));
    }

    static ListenerBuilder tls(ListenerBuilder builder) {
        return builder.tls(first());
    }

    static SSLContext trusting() {
        try (InputStream authority = Keys.class.getResourceAsStream("tls/ca.pem")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection that speaks only this version; its handshake comes with the first byte. */
    static Wire connect(int port, String version) throws IOException {
        return connect(trusting(), port, version);
    }

    static Wire connect(SSLContext context, int port, String version) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setEnabledProtocols(new String[] {version});
        return new Wire(socket);
    }

    /** The name in the certificate that the other side has shown. */
    static String shown(Wire wire) throws IOException {
        return ((SSLSocket) wire.socket()).getSession().getPeerPrincipal().getName();
    }
}
