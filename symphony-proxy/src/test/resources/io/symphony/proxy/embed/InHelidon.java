package io.symphony.proxy.embed;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import io.symphony.proxy.Forwarder;
import io.symphony.proxy.Origin;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;
import java.util.concurrent.Executor;

/** Replicas behind Helidon SE 4, which wants Java 21. The arguments are the command that starts one. */
final class InHelidon {

    private static final Executor READERS = work -> Thread.ofVirtual().start(work);

    public static void main(String[] command) {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", command)).between(2, 4).start();
        serve(Forwarder.to(acts).start(), 8080);
    }

    static WebServer serve(Forwarder forwarder, int port) {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .routing(routing -> routing.any((request, response) -> forward(forwarder, request, response)))
                .build()
                .start();
    }

    /** Its thread is virtual, so it may wait. */
    private static void forward(Forwarder forwarder, ServerRequest from, ServerResponse to) throws Exception {
        ForwardResponse response = forwarder.answer(request(from)).toCompletableFuture().get();
        to.status(response.status());
        response.fields().forEach(field -> to.headers().add(HeaderValues.create(field.name(), field.value())));
        try (InputStream body = response.body(BodySubscribers.ofInputStream()).toCompletableFuture().get()) {
            OutputStream client = to.outputStream();
            body.transferTo(client);
            client.close(); // not where the body broke off: that would say that it was whole
        }
    }

    private static ForwardRequest request(ServerRequest from) {
        String query = from.query().isEmpty() ? "" : "?" + from.query().rawValue();
        List<Field> fields = from.headers().stream()
                .flatMap(each -> each.allValues().stream().map(value -> new Field(each.name(), value)))
                .toList();
        ForwardRequest request = ForwardRequest.of(from.prologue().method().text(), from.path().rawPath() + query)
                .withFields(fields)
                .from(new Origin(
                        (InetSocketAddress) from.remotePeer().address(),
                        (InetSocketAddress) from.localPeer().address(),
                        from.isSecure() ? "https" : "http"));
        long length = from.headers().contentLength().orElse(from.content().hasEntity() ? -1 : 0);
        return length == 0 ? request : request.withBody(from.content().inputStream(), length, READERS);
    }
}
