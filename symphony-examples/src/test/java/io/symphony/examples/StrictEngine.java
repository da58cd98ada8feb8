package io.symphony.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An older Engine behind the face of version 29: what is asked in a version of the API below 1.44 is refused, the rest
 * goes on to the Engine on this machine in a version that it speaks. One request to a connection.
 */
final class StrictEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StrictEngine.class);
    private static final UnixDomainSocketAddress BEHIND = UnixDomainSocketAddress.of("/var/run/docker.sock");
    private static final Pattern VERSIONED = Pattern.compile("(\\w+) /v1\\.(\\d+)(/[^ ]*) .*", Pattern.DOTALL);
    private static final int OLDEST = 44;

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;

    StrictEngine() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        background(() -> {
            while (true) {
                Socket client = server.accept();
                background(() -> serve(client));
            }
        });
    }

    String host() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** What was asked in too old a version. */
    List<String> refused() {
        return refused;
    }

    /** What was asked in a version that is new enough. */
    List<String> passed() {
        return passed;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void background(Step step) {
        threads.execute(() -> {
            try {
                step.take();
            } catch (IOException e) {
                LOG.debug("a connection has ended", e);
            }
        });
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            String head = head(client.getInputStream());
            Matcher versioned = VERSIONED.matcher(head);
            if (head.startsWith("GET /version ")) {
                reply(client, "200 OK", "{\"ApiVersion\":\"1.52\",\"MinAPIVersion\":\"1.44\"}");
            } else if (!versioned.matches() || Integer.parseInt(versioned.group(2)) < OLDEST) {
                refused.add(head.lines().findFirst().orElse(""));
                reply(client, "400 Bad Request", "{\"message\":\"client version is too old\"}");
            } else {
                passed.add(versioned.group(1) + " " + versioned.group(3));
                pass(
                        client,
                        head.replaceFirst("/v1\\.\\d+", "/v1.41").replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            }
        }
    }

    private void pass(Socket client, String head) throws IOException {
        try (SocketChannel engine = SocketChannel.open(BEHIND)) {
            engine.write(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
            background(() -> copy(client.getInputStream(), engine));
            copy(engine, client.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void reply(Socket client, String status, String json) throws IOException {
        String answer =
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json;
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private static void copy(InputStream from, SocketChannel to) throws IOException {
        byte[] bytes = new byte[8_192];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            to.write(ByteBuffer.wrap(bytes, 0, count));
        }
    }

    private static void copy(SocketChannel from, OutputStream to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8_192);
        while (from.read(bytes) >= 0) {
            to.write(bytes.array(), 0, bytes.position());
            bytes.clear();
        }
    }

    /** What goes on beside. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }
}
