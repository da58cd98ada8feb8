package io.symphony.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A PKCS#12 file with one private key and its certificates. */
final class Pkcs12File implements KeySource {

    private final Path file;
    private final char[] password;

    Pkcs12File(Path file, String password) {
        this.file = file;
        this.password = password.toCharArray();
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Identity read(List<byte[]> contents) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(contents.get(0)), password);
            return identity(store);
        } catch (IOException | GeneralSecurityException e) {
            // The cause stays out: nobody promises what it says of the content.
            throw new ListenerException(file + " cannot be read as PKCS#12. Is the password right?");
        }
    }

    private Identity identity(KeyStore store) throws GeneralSecurityException {
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                Key key = store.getKey(name, password);
                List<X509Certificate> chain = Stream.of(store.getCertificateChain(name))
                        .map(X509Certificate.class::cast)
                        .toList();
                return Identity.of((PrivateKey) key, chain, file);
            }
        }
        throw new ListenerException("There is no private key with a certificate in " + file + ".");
    }
}
