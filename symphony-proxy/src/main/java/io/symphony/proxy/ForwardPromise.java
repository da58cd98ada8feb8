package io.symphony.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What whoever forwards a request is promised: its response, or why there is none. A listener hears of it, too. */
final class ForwardPromise {

    private final CompletableFuture<ForwardResponse> stage = new CompletableFuture<>();
    private final @Nullable FirstRequest listener;
    private volatile List<Field> cookies = List.of();

    ForwardPromise(@Nullable FirstRequest listener, Runnable onCancel) {
        this.listener = listener;
        var unused = stage.whenComplete((response, thrown) -> {
            if (stage.isCancelled()) {
                onCancel.run();
            }
        });
    }

    CompletableFuture<ForwardResponse> stage() {
        return stage;
    }

    /** A head has come; to its fields is added what its client gets from us. */
    void heard(int status, List<Field> fields, Optional<String> cookie) {
        if (listener != null) {
            listener.answered(status, "", fields);
        }
        cookies = cookie.map(value -> new Field("Set-Cookie", value)).stream().toList();
        fields.addAll(cookies);
    }

    /** Those fields of the response that its client gets from us. */
    List<Field> cookies() {
        return cookies;
    }

    void hear(ByteBuffer piece) {
        if (listener != null) {
            listener.record(piece.duplicate());
        }
    }

    /** The response that was heard is whole. */
    void isWhole() {
        if (listener != null) {
            listener.complete();
        }
    }

    void hearNoMore() {
        if (listener != null) {
            listener.end();
        }
    }

    void keep(ForwardResponse response) {
        stage.complete(response);
    }

    void cancel() {
        stage.cancel(false);
    }

    /** False where it was kept already: then the body is what breaks off. */
    boolean breakWith(ForwarderException why) {
        return stage.completeExceptionally(why);
    }
}
