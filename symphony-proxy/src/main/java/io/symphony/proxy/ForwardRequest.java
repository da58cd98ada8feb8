package io.symphony.proxy;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request for a {@link Forwarder}: what a client sent to another server, or one of the program's own.
 *
 * <pre>{@code
 * ForwardRequest.of("POST", "/acts").with("Content-Type", "application/json").withBody(json)
 * }</pre>
 *
 * @param method a token such as GET
 * @param target the path with its query, as it came
 * @param fields those of the head; what stops at a proxy stops here, too, and the body alone says how long it is
 * @param body the JDK's {@code BodyPublishers} make them; its length is -1 where it is not known yet
 * @param origin where it came from
 */
public record ForwardRequest(String method, String target, List<Field> fields, BodyPublisher body, Origin origin) {

    private static final BodyPublisher NONE = new Kept(new byte[0]);

    public ForwardRequest {
        if (!Octets.isToken(method)) {
            throw new IllegalArgumentException("method: '" + method + "' (expected: a token)");
        }
        if (!Octets.isTarget(target)) {
            throw new IllegalArgumentException("target: '" + target + "' (expected: a path in visible ASCII)");
        }
        fields = List.copyOf(fields);
    }

    /** A request without fields and body, from here. */
    public static ForwardRequest of(String method, String target) {
        return new ForwardRequest(method, target, List.of(), NONE, Origin.thisProgram());
    }

    /** A GET from here. */
    public static ForwardRequest get(String target) {
        return of("GET", target);
    }

    public ForwardRequest with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return withFields(more);
    }

    public ForwardRequest withFields(List<Field> other) {
        return new ForwardRequest(method, target, other, body, origin);
    }

    /** A body that is there already, so the request may be sent again where its method allows that. */
    public ForwardRequest withBody(byte[] content) {
        return withBody(new Kept(content));
    }

    /** A body that comes as its replica takes it. It is asked for once, so once begun the request is not sent again. */
    public ForwardRequest withBody(BodyPublisher content) {
        return new ForwardRequest(method, target, fields, content, origin);
    }

    /**
     * A body that blocks whoever reads it, so these readers do: one of them for each piece, once the replica takes it.
     *
     * @param bytes how many there are, or -1 where nobody knows yet
     */
    public ForwardRequest withBody(InputStream source, long bytes, Executor readers) {
        return withBody(new BlockingBody(source, bytes, readers));
    }

    public ForwardRequest from(Origin other) {
        return new ForwardRequest(method, target, fields, body, other);
    }

    /** Whether the body can be had more than once. */
    boolean keepsBody() {
        return body instanceof Kept || body instanceof OverheardBody overheard && overheard.isKept();
    }

    /** The same, whose content somebody hears on its way. */
    ForwardRequest overheardBy(FirstRequest listener) {
        return withBody(new OverheardBody(body, keepsBody(), listener));
    }

    /** Who hears its content, and wants to hear its answer. */
    @Nullable
    FirstRequest listener() {
        return body instanceof OverheardBody overheard ? overheard.listener() : null;
    }

    /** A body in memory. */
    private static final class Kept implements BodyPublisher {

        private final BodyPublisher content;

        Kept(byte[] content) {
            this.content = BodyPublishers.ofByteArray(content);
        }

        @Override
        public long contentLength() {
            return content.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            content.subscribe(subscriber);
        }
    }
}
