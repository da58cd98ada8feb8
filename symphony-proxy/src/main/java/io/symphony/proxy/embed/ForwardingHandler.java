package io.symphony.proxy.embed;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import io.symphony.proxy.Forwarder;
import io.symphony.proxy.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Forwards what the JDK's own server is asked.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
 * server.createContext("/", ForwardingHandler.of(forwarder));
 * server.setExecutor(Executors.newCachedThreadPool());
 * server.start();
 * }</pre>
 *
 * <p>That server has a thread for each request, so give it an executor with enough of them. The forwarder stays its
 * giver's to close.
 */
public final class ForwardingHandler implements HttpHandler {

    private static final int PIECE_BYTES = 16 * 1024;
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private final Forwarder forwarder;
    private final String scheme;
    private final Executor readers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "symphony-upload");
        thread.setDaemon(true);
        return thread;
    });

    private ForwardingHandler(Forwarder forwarder, String scheme) {
        this.forwarder = forwarder;
        this.scheme = scheme;
    }

    /** For an {@code HttpServer}. */
    public static ForwardingHandler of(Forwarder forwarder) {
        return new ForwardingHandler(forwarder, "http");
    }

    /** For an {@code HttpsServer}. */
    public static ForwardingHandler overTls(Forwarder forwarder) {
        return new ForwardingHandler(forwarder, "https");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ForwardRequest request;
            try {
                request = request(exchange);
            } catch (IllegalArgumentException malformed) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            answer(exchange, await(forwarder.answer(request).toCompletableFuture()));
        }
    }

    private ForwardRequest request(HttpExchange exchange) {
        List<Field> fields = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
        ForwardRequest request = ForwardRequest.of(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString())
                .withFields(fields)
                .from(new Origin(exchange.getRemoteAddress(), exchange.getLocalAddress(), scheme));
        long length = length(exchange.getRequestHeaders());
        return length == 0 ? request : request.withBody(exchange.getRequestBody(), length, readers);
    }

    private static long length(Headers headers) {
        String length = headers.getFirst("Content-Length");
        if (length != null) {
            return Long.parseLong(length);
        }
        return headers.containsKey("Transfer-Encoding") ? -1 : 0;
    }

    private static ForwardResponse await(CompletableFuture<ForwardResponse> answer) throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a replica was to answer");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void answer(HttpExchange exchange, ForwardResponse response) throws IOException {
        try (InputStream body = response.body(BodySubscribers.ofInputStream())
                .toCompletableFuture()
                .join()) {
            Headers headers = exchange.getResponseHeaders();
            response.fields().forEach(field -> headers.add(field.name(), field.value()));
            exchange.sendResponseHeaders(response.status(), lengthToSend(exchange, response));
            copy(body, exchange.getResponseBody());
        }
    }

    /** As that server has it: -1 is no body, and 0 is one of unknown length. */
    private static long lengthToSend(HttpExchange exchange, ForwardResponse response) {
        if (exchange.getRequestMethod().equals("HEAD") || BODILESS.contains(response.status())) {
            return -1;
        }
        long length = response.field("Content-Length").map(Long::parseLong).orElse(0L);
        return response.field("Content-Length").isPresent() && length == 0 ? -1 : length;
    }

    /** Sends on at once what has come, so that a stream of events is one. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int bytes = from.read(piece); bytes >= 0; bytes = from.read(piece)) {
            to.write(piece, 0, bytes);
            if (from.available() == 0) {
                to.flush();
            }
        }
    }
}
