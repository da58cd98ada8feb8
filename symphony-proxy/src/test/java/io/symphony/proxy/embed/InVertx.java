package io.symphony.proxy.embed;

import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import io.symphony.proxy.Forwarder;
import io.symphony.proxy.Origin;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Replicas behind Vert.x, with no thread that waits. The arguments are the command that starts one. */
final class InVertx {

    public static void main(String[] command) {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command))
                .between(2, 4)
                .start();
        serve(Vertx.vertx(), Forwarder.to(acts).start(), 8080);
    }

    static HttpServer serve(Vertx vertx, Forwarder forwarder, int port) {
        // A body that comes with an upgrade to HTTP/2 never ends in Vert.x 5.0.7 once it was paused.
        HttpServerOptions plain = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        HttpServer server = vertx.createHttpServer(plain).requestHandler(request -> forward(vertx, forwarder, request));
        return server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void forward(Vertx vertx, Forwarder forwarder, HttpServerRequest request) {
        Context loop = vertx.getOrCreateContext();
        List<Field> fields = request.headers().entries().stream()
                .map(field -> new Field(field.getKey(), field.getValue()))
                .toList();
        var answer = forwarder.answer(ForwardRequest.of(request.method().name(), request.uri())
                .withFields(fields)
                .withBody(body(request, loop))
                .from(new Origin(address(request.remoteAddress()), address(request.localAddress()), request.scheme())));
        request.response().closeHandler(gone -> answer.toCompletableFuture().cancel(false));
        answer.thenAccept(response -> loop.runOnContext(now -> answer(request.response(), response, loop)));
    }

    private static InetSocketAddress address(SocketAddress address) {
        return new InetSocketAddress(address.hostAddress(), address.port());
    }

    /** Pieces that are asked for one by one: Vert.x reads no more from the client meanwhile. */
    private static BodyPublisher body(HttpServerRequest request, Context loop) {
        String length = request.getHeader("Content-Length");
        boolean framed = request.getHeader("Transfer-Encoding") != null || request.version() == HttpVersion.HTTP_2;
        if (length == null ? !framed : length.equals("0")) {
            return BodyPublishers.noBody();
        }
        request.pause();
        Flow.Publisher<ByteBuffer> pieces =
                reader -> loop.runOnContext(now -> reader.onSubscribe(new Upload(request, reader, loop)));
        return length == null
                ? BodyPublishers.fromPublisher(pieces)
                : BodyPublishers.fromPublisher(pieces, Long.parseLong(length));
    }

    private static void answer(HttpServerResponse to, ForwardResponse response, Context loop) {
        to.setStatusCode(response.status());
        response.fields().forEach(field -> to.headers().add(field.name(), field.value()));
        to.setChunked(response.field("Content-Length").isEmpty());
        response.body().subscribe(new Download(to, loop));
    }

    /** What the client sends. */
    private static final class Upload implements Flow.Subscription {

        private final HttpServerRequest request;
        private final Context loop;

        Upload(HttpServerRequest request, Flow.Subscriber<? super ByteBuffer> reader, Context loop) {
            this.request = request;
            this.loop = loop;
            request.handler(piece -> reader.onNext(ByteBuffer.wrap(piece.getBytes())))
                    .endHandler(end -> reader.onComplete())
                    .exceptionHandler(reader::onError);
        }

        @Override
        public void request(long pieces) {
            loop.runOnContext(now -> request.fetch(pieces));
        }

        @Override
        public void cancel() {
            loop.runOnContext(now -> {
                if (!request.isEnded()) {
                    request.handler(rest -> {}).resume();
                }
            });
        }
    }

    /** What the client gets: the next piece when the last is written. */
    private static final class Download implements Flow.Subscriber<List<ByteBuffer>> {

        private final HttpServerResponse to;
        private final Context loop;
        private Flow.Subscription subscription;

        Download(HttpServerResponse to, Context loop) {
            this.to = to;
            this.loop = loop;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            to.closeHandler(gone -> begun.cancel());
            begun.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            Buffer all = Buffer.buffer();
            pieces.forEach(piece -> all.appendBytes(piece.array(), piece.arrayOffset(), piece.remaining()));
            loop.runOnContext(now -> to.write(all).onComplete(done -> next(done.succeeded())));
        }

        private void next(boolean written) {
            if (written) {
                subscription.request(1);
            } else {
                subscription.cancel();
            }
        }

        @Override
        public void onComplete() {
            loop.runOnContext(now -> to.end());
        }

        @Override
        public void onError(Throwable broken) {
            loop.runOnContext(now -> to.reset());
        }
    }
}
