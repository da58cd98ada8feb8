package io.symphony.proxy;

import io.symphony.spi.ProbeResult;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;

/** Turns what the HTTP client reports of one check into its result. */
final class ProbeAnswer implements FutureCallback<Message<HttpResponse, Void>> {

    private final CompletableFuture<ProbeResult> result;

    ProbeAnswer(CompletableFuture<ProbeResult> result) {
        this.result = result;
    }

    @Override
    public void completed(Message<HttpResponse, Void> answer) {
        int status = answer.getHead().getCode();
        result.complete(status / 100 == 2 ? ProbeResult.well() : ProbeResult.unwell("answered " + status));
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
