package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The JDK's own WebSocket client through a listener, to a server that follows RFC 6455. */
class WebSocketTest {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int CLOSE = 8;

    @Test
    void aWebSocketClientTalksToItsServer() throws Exception {
        Heard heard = new Heard();
        try (Backend backend = Backend.playing(WebSocketTest::echo);
                Setup setup = Setup.before(backend)) {
            int port = setup.listener().address().getPort();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat"), heard)
                    .get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 100; i++) {
                socket.sendText("message " + i, true).get(10, TimeUnit.SECONDS);
                assertThat(heard.next()).isEqualTo("message " + i);
            }
            socket.sendBinary(ByteBuffer.allocate(60_000), true).get(10, TimeUnit.SECONDS);
            assertThat(heard.next()).isEqualTo("60000 bytes");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
            assertThat(heard.next()).isEqualTo("closed");
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    static void echo(Wire wire) throws Exception {
        String head = wire.head();
        String key = head.replaceAll("(?is).*sec-websocket-key: (\\S+)\r\n.*", "$1");
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        wire.send(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n");
        DataInputStream in = new DataInputStream(wire.in());
        int operation;
        do {
            operation = in.readByte();
            byte[] content = unmasked(in);
            wire.send(frame(operation, content));
        } while ((operation & 0xf) != CLOSE);
    }

    private static byte[] unmasked(DataInputStream in) throws IOException {
        int length = in.readByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }

    private static byte[] frame(int operation, byte[] content) {
        boolean small = content.length < 126;
        ByteBuffer frame = ByteBuffer.allocate(content.length + (small ? 2 : 4)).put((byte) operation);
        if (small) {
            frame.put((byte) content.length);
        } else {
            frame.put((byte) 126).putShort((short) content.length);
        }
        return frame.put(content).array();
    }

    /** What the client hears, a line each. */
    static final class Heard implements WebSocket.Listener {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private int binary;

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            lines.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            binary += bytes.remaining();
            if (last) {
                lines.add(binary + " bytes");
            }
            return WebSocket.Listener.super.onBinary(socket, bytes, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            lines.add("closed");
            return WebSocket.Listener.super.onClose(socket, status, reason);
        }
    }
}
