package io.symphony.proxy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Two PEM files: a chain of certificates, and the private key of the first of them. */
record PemFiles(Path certificates, Path key) implements KeySource {

    @Override
    public List<Path> files() {
        return List.of(certificates, key);
    }

    @Override
    public Identity read(List<byte[]> contents) {
        List<X509Certificate> chain = chain(contents.get(0));
        return Identity.of(privateKey(contents.get(1), chain.get(0).getPublicKey()), chain, certificates);
    }

    private List<X509Certificate> chain(byte[] content) {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlock block : PemBlock.in(content, certificates)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(block.content()));
            }
        }
        if (chain.isEmpty()) {
            throw new ListenerException("There is no certificate in " + certificates + ".");
        }
        return chain;
    }

    private X509Certificate certificate(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new ListenerException("A certificate in " + certificates + " is malformed.", e);
        }
    }

    private PrivateKey privateKey(byte[] content, PublicKey fits) {
        for (PemBlock block : PemBlock.in(content, key)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return privateKey(fits, block.content());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(fits, Der.pkcs8(fits.getEncoded(), block.content()));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw PemBlock.hasPassword(key);
                default -> {
                    // The parameters of a curve may stand before the key.
                }
            }
        }
        throw new ListenerException("There is no private key in " + key + ".");
    }

    private PrivateKey privateKey(PublicKey fits, byte[] encoded) {
        try {
            return KeyFactory.getInstance(fits.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            // The cause stays out: nobody promises what it says of the content.
            throw new ListenerException("The private key in " + key + " is malformed, or is no " + fits.getAlgorithm()
                    + " key as its certificate demands. 'openssl pkey -in FILE -out NEW' converts most formats.");
        }
    }
}
