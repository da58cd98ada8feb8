package io.symphony.proxy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A private key that fits to the first of its certificates. */
final class Identity {

    private static final byte[] SAMPLE = Octets.ascii("do these two belong together?");
    private static final char[] NO_PASSWORD = {};

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /** Makes sure that the two belong together: files are replaced one after the other. */
    static Identity of(PrivateKey key, List<X509Certificate> chain, Object origin) {
        try {
            if (fit(key, chain.get(0))) {
                return new Identity(key, List.copyOf(chain));
            }
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's says so in its own way.
        }
        throw new ListenerException(
                "The private key does not belong to the certificate in " + origin + ". Is the leaf the first one?");
    }

    private static boolean fit(PrivateKey key, X509Certificate leaf) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(key));
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(leaf.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    /** When the certificate ends, for a report. */
    String validity() {
        return "valid until " + chain.get(0).getNotAfter().toInstant();
    }

    /** What engines for new connections are made from. It asks clients for no certificate. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ListenerException("This JDK cannot use the certificate: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("listener", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }
}
