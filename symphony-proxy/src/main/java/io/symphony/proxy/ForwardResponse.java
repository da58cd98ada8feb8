package io.symphony.proxy;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A replica's response, whose body is still to come. It must be read to its end or cancelled; what nobody reads is
 * given up after {@link Timeouts#stream()}.
 *
 * <pre>{@code
 * forwarder.execute(ForwardRequest.get("/acts/7"))
 *         .thenCompose(response -> response.body(BodySubscribers.ofString(UTF_8)))
 *         .thenAccept(System.out::println);
 * }</pre>
 *
 * @param status as the replica sent it
 * @param fields those that go on to a client; what frames the body is left to whoever sends it
 * @param body its pieces, as fast as they are asked for; for one subscriber, whose methods must not block
 */
public record ForwardResponse(int status, List<Field> fields, Flow.Publisher<List<ByteBuffer>> body) {

    public ForwardResponse {
        fields = List.copyOf(fields);
    }

    /** The first field of this name. */
    public Optional<String> field(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).findFirst();
    }

    /** The body as the subscriber makes it; the JDK's {@code BodySubscribers} make text, bytes, files and streams. */
    public <T> CompletionStage<T> body(BodySubscriber<T> subscriber) {
        body.subscribe(subscriber);
        return subscriber.getBody();
    }
}
