package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;

/** Reads pages of counts, each under a deadline and up to a size. */
final class PageReader implements AutoCloseable {

    private static final int MOST_BYTES = 4 << 20;

    private final CloseableHttpAsyncClient client = ProbeClient.started();
    private final Optional<String> token;

    PageReader() {
        this(Optional.empty());
    }

    private PageReader(Optional<String> token) {
        this.token = token;
    }

    /** One for pages that demand a token. */
    static PageReader withToken(Optional<String> token) {
        return new PageReader(token);
    }

    /** The page, or a failure whose message says in few words why there is none. */
    CompletableFuture<String> read(Endpoint endpoint, String path, Duration timeout) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Future<?> exchange = send(endpoint, path, answer);
        return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((page, thrown) -> {
            exchange.cancel(true);
            if (thrown != null) {
                throw new IllegalStateException(path + ": " + ProbeClient.whatHappened(thrown, timeout), thrown);
            }
            return page;
        });
    }

    private Future<?> send(Endpoint endpoint, String path, CompletableFuture<String> answer) {
        SimpleHttpRequest request = SimpleRequestBuilder.get()
                .setHttpHost(new HttpHost("http", endpoint.host(), endpoint.port()))
                .setPath(path)
                .addHeader("Accept", "text/plain;version=0.0.4")
                .build();
        token.ifPresent(secret -> request.addHeader("Authorization", "Bearer " + secret));
        try {
            return client.execute(
                    SimpleRequestProducer.create(request), new BasicResponseConsumer<>(new Text()), new Answer(answer));
        } catch (IllegalStateException closed) {
            answer.completeExceptionally(closed);
            return answer;
        }
    }

    @Override
    public void close() {
        ProbeClient.close(client);
    }

    private static final class Text extends AbstractBinAsyncEntityConsumer<String> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        protected void streamStart(ContentType type) {}

        @Override
        protected int capacityIncrement() {
            return MOST_BYTES;
        }

        @Override
        protected void data(ByteBuffer part, boolean last) throws IOException {
            if (part.remaining() > MOST_BYTES - bytes.size()) {
                throw new IOException("more than " + MOST_BYTES + " bytes");
            }
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        protected String generateContent() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void releaseResources() {
            bytes.reset();
        }
    }

    private record Answer(CompletableFuture<String> result) implements FutureCallback<Message<HttpResponse, String>> {

        @Override
        public void completed(Message<HttpResponse, String> message) {
            int status = message.getHead().getCode();
            String page = message.getBody();
            if (status == 200 && page != null) {
                result.complete(page);
            } else {
                result.completeExceptionally(new IOException("answered " + status));
            }
        }

        @Override
        public void failed(Exception cause) {
            result.completeExceptionally(cause);
        }

        @Override
        public void cancelled() {
            result.cancel(false);
        }
    }
}
