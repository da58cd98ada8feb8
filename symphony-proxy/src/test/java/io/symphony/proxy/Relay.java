package io.symphony.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes one connection on to a port, each byte by itself, so that nothing arrives in the pieces it was sent in. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final int to;

    Relay(int to) throws IOException {
        this.to = to;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        begin(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept();
                Socket listener = new Socket(InetAddress.getLoopbackAddress(), to)) {
            listener.setTcpNoDelay(true);
            Thread back = begin(() -> pass(listener, client));
            pass(client, listener);
            back.join();
        } catch (IOException | InterruptedException e) {
            // the test is over
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                out.write(octet);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    private static Thread begin(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
