package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A REST service to try Symphony with: it says who it is, echoes, is slow, fails and falls sick when asked to.
 *
 * <pre>{@code
 * PORT=8081 java -cp symphony.jar io.symphony.examples.sample.SampleService
 * curl localhost:8081/
 * }</pre>
 *
 * <p>On TERM it takes no new connection, finishes the requests that it is answering, and ends.
 */
public final class SampleService {
    private static final int BACKLOG = 1024;
    private static final int MOST_THREADS = 1024;
    private static final int GRACE_SECONDS = 60;
    /** A request that was sent as the end was announced still arrives within this time. */
    private static final int QUIET_MILLIS = 50;

    private final Lifetime lifetime = new Lifetime();
    private final RequestCounts counts = new RequestCounts();
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private SampleService(InetSocketAddress address) throws IOException {
        RequestRate rate = new RequestRate();
        server = HttpServer.create(address, BACKLOG);
        threads = new ThreadPoolExecutor(
                0,
                MOST_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new ThreadPoolExecutor.CallerRunsPolicy());
        server.setExecutor(threads);
        server.createContext("/", new Frame(new Pages(rate, counts, lifetime).byPath(), rate, counts, lifetime));
    }

    /** Starts the service; port 0 takes a free one. */
    public static SampleService start(String host, int port) throws IOException {
        tuneServer();
        SampleService service = new SampleService(new InetSocketAddress(host, port));
        service.server.start();
        return service;
    }

    /** Where the service listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no new connection, finishes the requests that are being answered, and ends. */
    public void end() {
        lifetime.end();
        // The server closes its listening socket first, and then waits out its delay even when nothing runs any more.
        Thread stop = new Thread(() -> server.stop(GRACE_SECONDS), "sample-stop");
        stop.setDaemon(true);
        stop.start();
        awaitQuiet();
        server.stop(0);
        threads.shutdown();
    }

    private void awaitQuiet() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            } while (counts.inFlight() > 0 && System.nanoTime() - deadline < 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The JDK's server closes idle connections after 30 s, and any above 200 at once; whoever balances over us keeps many
     * for long, and a request sent into a closing connection is lost.
     */
    private static void tuneServer() {
        setUnlessGiven("sun.net.httpserver.idleInterval", "3600");
        setUnlessGiven("sun.net.httpserver.maxIdleConnections", "10000");
        // Without this a head and its body, being two writes, wait for the client's delayed acknowledgement.
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Runs the service until TERM; {@code --port} over {@code PORT} over 8080, {@code --host} over loopback. */
    public static void main(String[] arguments) throws IOException {
        try {
            run(SampleAddress.of(arguments, System.getenv("PORT")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Runs the service until TERM. */
    public static void run(SampleAddress at) {
        try {
            SampleService service = start(at.host(), at.port());
            Runtime.getRuntime().addShutdownHook(new Thread(service::end, "sample-end"));
            System.out.println(
                    "sample: http://" + at.host() + ":" + service.address().getPort());
        } catch (IOException e) {
            System.err.println("sample: cannot listen on " + at.host() + ":" + at.port() + ": " + e.getMessage());
            System.exit(1);
        }
    }
}
