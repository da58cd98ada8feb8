package io.symphony.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** One raw connection in a test, at either end. Every read has a deadline. */
final class Wire implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A connection that takes in little before it makes its peer wait. */
    static Wire slowReaderTo(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Wire(socket);
    }

    Socket socket() {
        return socket;
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Wire sendByteByByte(String text) throws IOException {
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            socket.getOutputStream().write(octet);
        }
        return this;
    }

    /** Everything up to and with this text. */
    String readTo(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < text.length()
                || !read.substring(read.length() - text.length()).equals(text)) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("Ended before '" + text + "', after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    String head() throws IOException {
        return readTo("\r\n\r\n");
    }

    String read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("Ended after: " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Everything until the peer ends its stream. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        in.transferTo(rest);
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** The peer has ended its stream, or has broken the connection, and has sent nothing before. */
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    InputStream in() {
        return in;
    }

    Wire end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
