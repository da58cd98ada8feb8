package io.symphony.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A daemon that answers what a test tells it to, in the versions that a test says. Unknown paths are a 404. */
final class FakeDaemon implements AutoCloseable {

    private static final Pattern VERSIONED = Pattern.compile("(?:/v(\\d+\\.\\d+))?(/.*)");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile ApiVersion oldest;
    private volatile ApiVersion newest;

    private FakeDaemon(HttpServer server, String oldest, String newest) {
        this.server = server;
        speaks(oldest, newest);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        on("GET /_ping", 200, "OK");
        on("GET /containers/json", 200, "[]");
    }

    static FakeDaemon speaking(String oldest, String newest) throws IOException {
        return new FakeDaemon(HttpServer.create(anyPort(), 50), oldest, newest);
    }

    /** Takes no client without a certificate that the context trusts. */
    static FakeDaemon withTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters strict = tls.getDefaultSSLParameters();
                strict.setNeedClientAuth(true);
                parameters.setSSLParameters(strict);
            }
        });
        return new FakeDaemon(server, "1.24", "1.44");
    }

    void speaks(String from, String to) {
        oldest = ApiVersion.parse(from);
        newest = ApiVersion.parse(to);
    }

    void on(String request, int status, String body) {
        on(request, exchange -> reply(exchange, status, body));
    }

    void on(String request, Answer answer) {
        answers.put(request, answer);
    }

    /** Says nothing any more to this request. */
    void hangOn(String request) {
        on(request, exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    String host() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, version and path of all requests so far. */
    List<String> asked() {
        return asked;
    }

    /** Those that have been answered in full. */
    List<String> answered() {
        return answered;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 204 || status == 304 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (status != 204 && status != 304) {
                out.write(bytes);
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        Matcher versioned = VERSIONED.matcher(path);
        if (!versioned.matches()) {
            throw new IOException(path);
        }
        try (exchange) {
            String version = versioned.group(1);
            if (version != null && !takes(exchange, ApiVersion.parse(version))) {
                return;
            }
            answer(exchange.getRequestMethod() + " " + versioned.group(2)).to(exchange);
            answered.add(exchange.getRequestMethod() + " " + path);
        }
    }

    private boolean takes(HttpExchange exchange, ApiVersion version) throws IOException {
        if (version.compareTo(oldest) < 0) {
            reply(
                    exchange,
                    400,
                    "{\"message\":\"client version " + version + " is too old. Minimum supported API version" + " is "
                            + oldest + ", please upgrade your client to a newer version\"}");
            return false;
        }
        if (version.compareTo(newest) > 0) {
            reply(
                    exchange,
                    400,
                    "{\"message\":\"client version " + version + " is too new. Maximum supported API version" + " is "
                            + newest + "\"}");
            return false;
        }
        return true;
    }

    private Answer answer(String request) {
        if (request.equals("GET /version")) {
            return exchange ->
                    reply(exchange, 200, "{\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}");
        }
        return answers.getOrDefault(
                request, exchange -> reply(exchange, 404, "{\"message\":\"no " + request + " here\"}"));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** What is answered to one request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
