package io.symphony.examples.chaos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A replica that writes down each request before it answers, and misbehaves when it is told to, for as long as it is
 * told. What it wrote survives its own SIGKILL. It runs as a process of its own and needs the JDK alone.
 */
public final class Victim {

    private static final Pattern CONTROL = Pattern.compile("/control\\?mode=(\\w+)&millis=(\\d+)");
    private static final int MOST_HEAD = 8_192;
    private static final long SLOW_MILLIS = 150;
    /** Whatever is on its way when it says that it goes is here by then. */
    private static final long LAST_CALL_MILLIS = 300;

    /** What it does with a request. */
    enum Mode {
        WELL,
        /** Answers late. */
        SLOW,
        /** Takes requests and answers none; its health check is well. */
        HANG,
        /** Answers 500. */
        ERRORS,
        /** Resets the connection instead of answering. */
        RESET,
        /** Resets the connection in the middle of its answer. */
        CUT,
        /** Answers what is no HTTP. */
        GARBAGE,
        /** Accepts no connection, and closes those it has. */
        REFUSE,
        /** Accepts connections, but reads nothing any more. */
        HALF_OPEN,
        /** Says that it is not well, but serves. */
        SICK,
        /** Serves, and on TERM ends as a good server does; the others just end. */
        GRACEFUL
    }

    private final InetSocketAddress address;
    private final FileChannel record;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Mode lasting;
    private volatile Mode mode;
    private volatile long untilNanos;
    private volatile boolean leaving;

    private Victim(InetSocketAddress address, Path records, Mode lasting) throws IOException {
        this.address = address;
        this.lasting = lasting;
        this.mode = lasting;
        record = FileChannel.open(
                records.resolve("victim-" + ProcessHandle.current().pid()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    public static void main(String[] arguments) throws IOException {
        String host = System.getenv().getOrDefault("VICTIM_HOST", "127.0.0.1");
        Mode mode = Mode.valueOf(System.getenv().getOrDefault("VICTIM_MODE", "WELL"));
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(System.getenv("PORT")));
        Victim victim = new Victim(address, Path.of(System.getenv("VICTIM_RECORDS")), mode);
        Runtime.getRuntime().addShutdownHook(new Thread(victim::leave));
        victim.serve();
    }

    /** Takes nobody in any more, closes each connection with its next answer, and hears idle ones for a last moment. */
    private void leave() {
        if (mode() == Mode.GRACEFUL) {
            leaving = true;
            pause(LAST_CALL_MILLIS);
            connections.forEach(Victim::close);
        }
    }

    private Mode mode() {
        return System.nanoTime() - untilNanos < 0 ? mode : lasting;
    }

    private void serve() throws IOException {
        while (true) {
            try (ServerSocket server = new ServerSocket()) {
                server.setReuseAddress(true);
                server.bind(address, 1_024);
                while (mode() != Mode.REFUSE) {
                    if (!accept(server) && leaving) {
                        return;
                    }
                }
            }
            connections.forEach(Victim::close);
            while (mode() == Mode.REFUSE) {
                pause(10);
            }
        }
    }

    /** Whether somebody came; it does not wait for long, to see whether it is to refuse. */
    private boolean accept(ServerSocket server) throws IOException {
        server.setSoTimeout(20);
        try {
            Socket socket = server.accept();
            connections.add(socket);
            Thread thread = new Thread(() -> answer(socket), "victim");
            thread.setDaemon(true);
            thread.start();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (answerOne(socket, in)) {
                while (mode() == Mode.HALF_OPEN) {
                    pause(10);
                }
            }
        } catch (IOException e) {
            System.err.println("victim: a connection ended: " + e);
        } finally {
            connections.remove(socket);
        }
    }

    private boolean answerOne(Socket socket, InputStream in) throws IOException {
        while (mode() == Mode.HALF_OPEN) {
            pause(10);
        }
        String head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        in.readNBytes(Integer.parseInt(field(head, "content-length").orElse("0")));
        String[] line = head.split(" ", 3);
        Matcher control = CONTROL.matcher(line[1]);
        if (control.matches()) {
            mode = Mode.valueOf(control.group(1));
            untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(control.group(2)));
            return send(socket, 200, "so be it");
        }
        if (line[1].equals("/pid")) {
            return send(socket, 200, String.valueOf(ProcessHandle.current().pid()));
        }
        if (line[1].equals("/health")) {
            return send(socket, mode() == Mode.SICK ? 503 : 200, "asked");
        }
        String id = line[0] + " " + field(head, "x-id").orElse("?");
        record.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return misbehave(socket, id);
    }

    private boolean misbehave(Socket socket, String id) throws IOException {
        switch (mode()) {
            case HANG:
                while (mode() == Mode.HANG) {
                    pause(10);
                }
                return false;
            case ERRORS:
                return send(socket, 500, id);
            case RESET:
                socket.setSoLinger(true, 0);
                return false;
            case CUT:
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + id);
                pause(5);
                socket.setSoLinger(true, 0);
                return false;
            case GARBAGE:
                write(socket, "\u0001\u0002garbage\r\n\r\n");
                return false;
            case SLOW:
                pause(SLOW_MILLIS);
                return send(socket, 200, id);
            default:
                return send(socket, 200, id);
        }
    }

    /** Whether the connection stays. */
    private boolean send(Socket socket, int status, String text) throws IOException {
        boolean last = leaving;
        write(
                socket,
                "HTTP/1.1 " + status + " As Told\r\nX-Victim: yes\r\n" + (last ? "Connection: close\r\n" : "")
                        + "Content-Length: " + text.length() + "\r\n\r\n" + text);
        return !last;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() >= 4 && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
                return head.toString();
            }
            if (head.length() > MOST_HEAD) {
                throw new IOException("a head of more than " + MOST_HEAD + " bytes");
            }
        }
        if (head.length() > 0) {
            throw new EOFException("within a head");
        }
        return "";
    }

    private static Optional<String> field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("victim: could not close: " + e);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
