package io.symphony.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * The certificate of a listener as its files have it now. They are read whole at each look: they are small, and a time
 * of modification says little after a restore or a swapped link.
 */
final class Certificates {

    private final KeySource source;
    private final Consumer<String> news;
    private final Consumer<String> faults;
    private volatile SSLContext context;
    private Identity identity;
    private byte[] seen;
    private String lastFault = "";

    /** Loads them for the first time. */
    Certificates(KeySource source, Consumer<String> news, Consumer<String> faults) {
        this.source = source;
        this.news = news;
        this.faults = faults;
        List<byte[]> contents = contents();
        seen = digest(contents);
        identity = source.read(contents);
        context = identity.context();
    }

    /** What engines for new connections are made from. */
    SSLContext context() {
        return context;
    }

    /** Looks whether the files have changed. Only one thread at a time may do so. */
    void look() {
        try {
            List<byte[]> contents = contents();
            byte[] digest = digest(contents);
            if (!Arrays.equals(digest, seen)) {
                seen = digest;
                replace(source.read(contents));
            }
            lastFault = "";
        } catch (RuntimeException e) {
            keepTheOld(e);
        }
    }

    private void replace(Identity fresh) {
        context = fresh.context();
        identity = fresh;
        news.accept("New connections get the new certificate from " + source.files() + ", " + fresh.validity() + ".");
    }

    private void keepTheOld(RuntimeException cause) {
        String fault = cause instanceof ListenerException ? String.valueOf(cause.getMessage()) : cause.toString();
        if (!fault.equals(lastFault)) {
            lastFault = fault;
            faults.accept("The old certificate stays, " + identity.validity() + ": " + fault);
        }
    }

    private List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : source.files()) {
            try {
                contents.add(Files.readAllBytes(file));
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException ? "there is no such file" : e.toString();
                throw new ListenerException("Cannot read " + file + ": " + why + ".", e);
            }
        }
        return contents;
    }

    private static byte[] digest(List<byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                digest.update(MessageDigest.getInstance("SHA-256").digest(content));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
