package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file (RFC 7468): what it is, and its content. Text around the blocks is allowed. */
final class PemBlock {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----\\R(.*?)-----END \\1-----", Pattern.DOTALL);

    private final String label;
    private final byte[] content;

    private PemBlock(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    static List<PemBlock> in(byte[] file, Path name) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            blocks.add(new PemBlock(block.group(1), decoded(block.group(2), name)));
        }
        return blocks;
    }

    private static byte[] decoded(String text, Path name) {
        if (text.contains("ENCRYPTED")) {
            throw hasPassword(name);
        }
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The cause stays out: it could show a piece of a key.
            throw new ListenerException("A block in " + name + " is not base64.");
        }
    }

    static ListenerException hasPassword(Path name) {
        return new ListenerException("The private key in " + name
                + " has a password. Take it off with 'openssl pkey -in FILE -out NEW', or use PKCS#12.");
    }

    /** What the block is, such as CERTIFICATE. */
    String label() {
        return label;
    }

    byte[] content() {
        return content;
    }
}
