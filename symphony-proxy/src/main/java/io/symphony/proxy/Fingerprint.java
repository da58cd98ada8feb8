package io.symphony.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What tells requests apart without keeping them (SHA-256). */
final class Fingerprint {

    private static final byte END = 0;

    private final MessageDigest digest;
    private final byte[] beginning;

    /** Of nothing yet. */
    Fingerprint() {
        this(new byte[0]);
    }

    /** Begins with what a request asks for; its content is still to be added. */
    static Fingerprint of(RequestHead head) {
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        beginning.write(head.bytes(), head.methodStart(), head.methodEnd() - head.methodStart());
        beginning.write(END);
        beginning.write(head.bytes(), head.targetStart(), head.targetEnd() - head.targetStart());
        beginning.write(END);
        return new Fingerprint(beginning.toByteArray());
    }

    private Fingerprint(byte[] beginning) {
        this.beginning = beginning;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        digest.update(beginning);
    }

    /** Forgets all content: it comes once more. */
    void restart() {
        digest.reset();
        digest.update(beginning);
    }

    void add(byte[] part) {
        digest.update(part);
        digest.update(END);
    }

    /** Adds the value of a field, where it is there. */
    void add(RequestHead head, int field) {
        if (field >= 0) {
            int from = head.fields().valueStart(field);
            digest.update(head.bytes(), from, head.fields().valueEnd(field) - from);
        }
        digest.update(END);
    }

    /** Adds a piece of content. */
    void add(ByteBuffer piece) {
        digest.update(piece);
    }

    /** The end of it: nothing may be added any more. */
    String text() {
        return new String(digest.digest(), StandardCharsets.ISO_8859_1);
    }
}
