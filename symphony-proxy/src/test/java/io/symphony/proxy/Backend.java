package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica in a test: what it does with each connection is scripted, byte by byte if need be. */
final class Backend implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** What happens on one connection; it is closed afterwards. */
    interface Script {
        void play(Wire wire) throws Exception;
    }

    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Backend(Script script) throws IOException {
        this.script = script;
        server = new ServerSocket();
    }

    static Backend playing(Script script) throws IOException {
        Backend backend = new Backend(script);
        backend.listen(0);
        return backend;
    }

    /** Plays it where connections were refused so far. */
    static Backend playing(Script script, Socket refusing) throws IOException {
        Backend backend = new Backend(script);
        backend.server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        backend.listen(refusing.getLocalPort());
        return backend;
    }

    private void listen(int port) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        Thread thread = new Thread(this::accept, "backend");
        thread.setDaemon(true);
        thread.start();
    }

    /** A port that is taken and refuses connections until somebody listens there, too. */
    static Socket refusing() throws IOException {
        Socket bound = new Socket();
        bound.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return bound;
    }

    /** Answers every request that has no body with this. */
    static Backend answering(String response) throws IOException {
        return playing(wire -> {
            while (true) {
                wire.head();
                wire.send(response);
            }
        });
    }

    /** Answers with the head that it got, as its body. */
    static Backend mirror() throws IOException {
        return playing(wire -> {
            while (true) {
                String head = wire.head();
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    Endpoint endpoint() {
        return Endpoint.local(server.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    /** Answers one request, then reads one more on the same connection and closes; later connections are well. */
    static Backend closingAfterTheFirst(AtomicInteger asked) throws IOException {
        return playing(wire -> {
            wire.head();
            boolean first = asked.incrementAndGet() == 1;
            wire.send(OK);
            wire.head();
            asked.incrementAndGet();
            if (!first) {
                wire.send(OK);
                wire.rest();
            }
        });
    }

    /** Where nobody answers. */
    static Endpoint closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Endpoint.local(socket.getLocalPort());
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                if (server.isClosed()) { // it came in that very moment, and nobody else would close it
                    socket.close();
                }
                Thread thread = new Thread(() -> play(socket), "backend-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void play(Socket socket) {
        try (Wire wire = new Wire(socket)) {
            script.play(wire);
        } catch (SocketException gone) {
            // the other side has gone, as some tests want it
        } catch (Exception ended) {
            if (!String.valueOf(ended.getMessage()).startsWith("Ended")) {
                ended.printStackTrace();
            }
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
