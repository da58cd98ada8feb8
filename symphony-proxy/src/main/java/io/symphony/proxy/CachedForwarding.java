package io.symphony.proxy;

import io.symphony.proxy.cache.Answer;
import io.symphony.proxy.cache.Fields;
import io.symphony.proxy.cache.Step;
import io.symphony.proxy.cache.Turn;
import io.symphony.proxy.cache.Visit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.jspecify.annotations.Nullable;

/** One request of a forwarder that has a cache: what the cache does not answer goes the way of all requests. */
final class CachedForwarding {

    /** More of a body that nobody wants is not worth to be read for the sake of its connection. */
    private static final long UNWANTED_BYTES = 64 * 1024;

    private final Forwarder forwarder;
    private final ForwardRequest request;
    private final Visit visit;
    private final Executor threads;
    private final CompletableFuture<ForwardResponse> promise = new CompletableFuture<>();
    private volatile @Nullable Forwarding forwarding;

    CachedForwarding(Forwarder forwarder, ForwardRequest request, Visit visit, Executor threads) {
        this.forwarder = forwarder;
        this.request = request;
        this.visit = visit;
        this.threads = threads;
    }

    CompletableFuture<ForwardResponse> begin() {
        var unused = promise.whenComplete((response, thrown) -> {
            if (promise.isCancelled()) {
                cancel();
            }
        });
        go();
        return promise;
    }

    private void go() {
        Step step = visit.next();
        if (step instanceof Step.Serve serve) {
            serve.refresh().ifPresent(due -> refresh(forwarder, withQuestion(due.question()), due));
            promise.complete(response(serve.answer()));
        } else if (step instanceof Step.Wait wait) {
            var unused = wait.landing()
                    .thenRunAsync(this::goUnlessOver, threads)
                    .exceptionally(closed -> {
                        promise.completeExceptionally(Forwarder.closed());
                        return null;
                    });
        } else if (step instanceof Step.Refuse) {
            promise.completeExceptionally(new ForwarderException(Reply.notStored()));
        } else if (step instanceof Step.Ask ask) {
            ask(ask.question());
        }
    }

    private void goUnlessOver() {
        if (!promise.isDone()) {
            go();
        }
    }

    private void ask(Fields question) {
        try {
            Forwarding begun = forwarder.forwarding(question.isEmpty() ? request : withQuestion(question));
            forwarding = begun;
            var unused = begun.begin().whenComplete((response, thrown) -> {
                if (response != null) {
                    answered(response, begun.cookies());
                } else if (thrown != null) {
                    failed(thrown);
                }
            });
            if (promise.isCancelled()) {
                cancel();
            }
        } catch (ForwarderException refused) {
            failed(refused);
        }
    }

    /** The request with a question of the cache's in place of the client's own conditions. */
    private ForwardRequest withQuestion(Fields question) {
        List<Field> fields = new ArrayList<>(request.fields());
        fields.removeIf(field -> field.is("if-none-match") || field.is("if-modified-since"));
        fields.addAll(CacheHeads.fields(question));
        return request.withFields(fields);
    }

    private void answered(ForwardResponse response, List<Field> cookies) {
        Turn turn;
        synchronized (this) {
            turn = turn(visit, response, cookies);
        }
        if (turn instanceof Turn.Serve serve) {
            response.body().subscribe(new Discarding(UNWANTED_BYTES));
            promise.complete(response(serve.answer()));
        } else if (turn instanceof Turn.Relay relay) {
            promise.complete(relayed(response, relay));
        }
    }

    /** What we tell the client besides is nothing for the next one. */
    private static Turn turn(Visit visit, ForwardResponse response, List<Field> cookies) {
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(response.status(), null);
        List<Field> fields = new ArrayList<>(response.fields());
        fields.removeAll(cookies);
        return visit.answered(response.status(), reason == null ? "" : reason, CacheHeads.fields(fields));
    }

    private ForwardResponse relayed(ForwardResponse response, Turn.Relay relay) {
        List<Field> fields = new ArrayList<>(response.fields());
        relay.cacheStatus().ifPresent(status -> fields.add(new Field("Cache-Status", status)));
        Flow.Publisher<List<ByteBuffer>> body = response.body();
        return new ForwardResponse(
                response.status(),
                fields,
                relay.recording().isPresent()
                        ? new RecordedBody(body, relay.recording().get())
                        : body);
    }

    private void failed(Throwable thrown) {
        Optional<Answer> answer;
        synchronized (this) {
            answer = visit.failed();
        }
        if (answer.isPresent()) {
            promise.complete(response(answer.get()));
        } else {
            promise.completeExceptionally(thrown);
        }
    }

    private static ForwardResponse response(Answer answer) {
        return new ForwardResponse(answer.status(), CacheHeads.fields(answer.fields()), new SinglePiece(answer.body()));
    }

    private synchronized void cancel() {
        Forwarding cancelled = forwarding;
        if (cancelled != null) {
            cancelled.cancel();
        }
        visit.end();
    }

    /** Asks a replica in the background, and keeps what comes of it. */
    static void refresh(Forwarder forwarder, ForwardRequest request, Visit due) {
        try {
            Forwarding begun = forwarder.forwarding(request);
            var unused = begun.begin().whenComplete((response, thrown) -> {
                if (response == null) {
                    due.end();
                } else {
                    keep(due, response, begun.cookies());
                }
            });
        } catch (ForwarderException refused) {
            due.end();
        }
    }

    private static void keep(Visit due, ForwardResponse response, List<Field> cookies) {
        Turn turn = turn(due, response, cookies);
        if (turn instanceof Turn.Relay relay && relay.recording().isPresent()) {
            new RecordedBody(response.body(), relay.recording().get()).subscribe(new Discarding(Long.MAX_VALUE));
        } else {
            response.body().subscribe(new Discarding(UNWANTED_BYTES));
        }
    }
}
