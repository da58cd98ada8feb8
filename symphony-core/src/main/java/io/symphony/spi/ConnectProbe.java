package io.symphony.spi;

import io.symphony.fleet.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Well is what accepts a connection: the check that needs nothing but the JDK. */
final class ConnectProbe implements HealthProbe {

    static final HealthProbe PROBE = new ConnectProbe();

    private ConnectProbe() {}

    @Override
    public CompletionStage<ProbeResult> probe(Endpoint endpoint, Duration timeout) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        try {
            AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
            result.whenComplete((found, problem) -> close(channel));
            channel.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), result, new Answer());
        } catch (IOException | UnresolvedAddressException e) {
            result.complete(ProbeResult.silent(e.toString()));
        }
        return result.completeOnTimeout(
                ProbeResult.silent("no connection within " + timeout.toMillis() + " ms"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("closing a socket that was never written to has nothing to lose", e);
        }
    }

    private static final class Answer implements CompletionHandler<Void, CompletableFuture<ProbeResult>> {
        @Override
        public void completed(Void connected, CompletableFuture<ProbeResult> result) {
            result.complete(ProbeResult.well());
        }

        @Override
        public void failed(Throwable problem, CompletableFuture<ProbeResult> result) {
            result.complete(ProbeResult.silent(String.valueOf(problem.getMessage())));
        }
    }

    @Override
    public String toString() {
        return "connecting";
    }
}
