package io.symphony.examples.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a load tool must know of a response's head: its status, how its body ends, and whether the connection goes on. */
final class ResponseHead {
    private static final byte[] HTTP_1 = bytes("http/1.");
    private static final byte[] CONTENT_LENGTH = bytes("content-length:");
    private static final byte[] TRANSFER_ENCODING = bytes("transfer-encoding:");
    private static final byte[] CONNECTION = bytes("connection:");
    private static final int STATUS_AT = 9;

    private int status;
    private long contentLength;
    private boolean chunked;
    private boolean keepsConnection;

    /** Reads a head that ends with its empty line at {@code end}. */
    void parse(byte[] bytes, int end) throws IOException {
        contentLength = -1;
        chunked = false;
        parseStatusLine(bytes, end);
        int line = nextLine(bytes, 0, end);
        while (line < end - 2) {
            int next = nextLine(bytes, line, end);
            parseHeader(bytes, line, next);
            line = next;
        }
    }

    int status() {
        return status;
    }

    /** The announced length, or -1. */
    long contentLength() {
        return contentLength;
    }

    boolean isChunked() {
        return chunked;
    }

    boolean keepsConnection() {
        return keepsConnection;
    }

    private void parseStatusLine(byte[] bytes, int end) throws IOException {
        boolean http1 = end > STATUS_AT + 3 && startsWith(bytes, 0, HTTP_1);
        status = http1 ? number(bytes, STATUS_AT, STATUS_AT + 3) : -1;
        if (status < 100) {
            throw malformed(bytes, 0, Math.min(end, 40));
        }
        keepsConnection = bytes[7] != '0';
    }

    private void parseHeader(byte[] bytes, int line, int next) throws IOException {
        int first = bytes[line] | 0x20;
        if (first == 'c' && startsWith(bytes, line, CONTENT_LENGTH)) {
            contentLength = length(bytes, line, next);
        } else if (first == 'c' && startsWith(bytes, line, CONNECTION)) {
            parseConnection(text(bytes, line + CONNECTION.length, next));
        } else if (first == 't' && startsWith(bytes, line, TRANSFER_ENCODING)) {
            chunked = text(bytes, line + TRANSFER_ENCODING.length, next).endsWith("chunked");
        }
    }

    private void parseConnection(String value) {
        if (value.contains("close")) {
            keepsConnection = false;
        } else if (value.contains("keep-alive")) {
            keepsConnection = true;
        }
    }

    private static long length(byte[] bytes, int line, int next) throws IOException {
        String value = text(bytes, line + CONTENT_LENGTH.length, next);
        try {
            long length = Long.parseLong(value);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw malformed(bytes, line, next);
        }
        throw malformed(bytes, line, next);
    }

    private static int nextLine(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            int b = bytes[from + i];
            if (b != lowerCase[i] && (b < 'A' || b > 'Z' || (b | 0x20) != lowerCase[i])) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static IOException malformed(byte[] bytes, int from, int to) {
        return new IOException(
                "malformed answer: " + new String(bytes, from, to - from, StandardCharsets.US_ASCII).strip());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
