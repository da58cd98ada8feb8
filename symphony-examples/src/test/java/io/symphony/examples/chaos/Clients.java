package io.symphony.examples.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that send a constant number of requests a second, each fourth a POST, and write down how each ended. */
final class Clients {

    /** So many that they go on sending while those that one replica has got wait there. */
    private static final int THREADS = 192;

    private static final int PATIENCE_MILLIS = 20_000;

    /** Numbers of requests go on from one load to the next, so that no two are the same. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final InetSocketAddress server;
    private final long spacingNanos;
    private final long begunNanos = System.nanoTime();
    private final AtomicLong tickets = new AtomicLong();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** How a request ended: with a status, or with a reason for having none. */
    record Ended(long id, String method, int status, boolean byReplica, String problem, long tookNanos, long atNanos) {
        boolean isPost() {
            return method.equals("POST");
        }

        long begunNanos() {
            return atNanos - tookNanos;
        }

        boolean isWell() {
            return status == 200;
        }
    }

    private Clients(InetSocketAddress server, int perSecond) {
        this.server = server;
        this.spacingNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    static Clients sending(int perSecond, InetSocketAddress to) {
        Clients clients = new Clients(to, perSecond);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(clients::send, "client-" + i);
            clients.threads.add(thread);
            thread.start();
        }
        return clients;
    }

    /** Those that have ended so far. */
    List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** Sends no more, and returns once everything that was sent has ended. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void send() {
        try (Wire wire = new Wire()) {
            while (!stopped) {
                long ticket = tickets.getAndIncrement();
                long due = begunNanos + ticket * spacingNanos;
                while (System.nanoTime() - due < 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                ended.add(wire.exchange(NUMBERS.getAndIncrement(), ticket % 4 == 3 ? "POST" : "GET", due));
            }
        }
    }

    /** One client's connection; a new one after each that broke. */
    private final class Wire implements AutoCloseable {
        private @Nullable Socket socket;
        private @Nullable InputStream in;

        Ended exchange(long id, String method, long due) {
            try {
                Socket open = open();
                String body = method.equals("POST") ? "body of " + id : "";
                open.getOutputStream()
                        .write((method + " /work HTTP/1.1\r\nHost: chaos\r\nX-Id: " + id + "\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.ISO_8859_1));
                String head = head();
                int length = length(head);
                if (in().readNBytes(length).length < length) {
                    throw new EOFException("closed within a body");
                }
                if (head.toLowerCase(Locale.ROOT).contains("connection: close")) {
                    close();
                }
                int status = Integer.parseInt(head.substring(9, 12));
                return ended(id, method, status, head.contains("X-Victim"), "", due);
            } catch (SocketTimeoutException e) {
                close();
                return ended(id, method, 0, false, "hung", due);
            } catch (IOException e) {
                close();
                return ended(id, method, 0, false, String.valueOf(e.getMessage()), due);
            }
        }

        private Ended ended(long id, String method, int status, boolean byReplica, String problem, long due) {
            long now = System.nanoTime();
            return new Ended(id, method, status, byReplica, problem, now - due, now);
        }

        private Socket open() throws IOException {
            Socket open = socket;
            if (open == null) {
                open = new Socket();
                open.setTcpNoDelay(true);
                open.setSoTimeout(PATIENCE_MILLIS);
                open.connect(server, PATIENCE_MILLIS);
                socket = open;
                in = new BufferedInputStream(open.getInputStream());
            }
            return open;
        }

        private String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.lastIndexOf("\r\n\r\n") < 0 || head.lastIndexOf("\r\n\r\n") < head.length() - 4) {
                int next = in().read();
                if (next < 0) {
                    throw new EOFException("closed after " + head.length() + " bytes of a head");
                }
                head.append((char) next);
            }
            return head.toString();
        }

        private InputStream in() throws IOException {
            if (in == null) {
                throw new IOException("not connected");
            }
            return in;
        }

        @Override
        public void close() {
            Socket open = socket;
            socket = null;
            in = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw new AssertionError("a socket cannot be closed", e);
                }
            }
        }
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }
}
