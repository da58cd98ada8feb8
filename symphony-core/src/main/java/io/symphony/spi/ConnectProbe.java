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
        try {
            return connect(AsynchronousSocketChannel.open(), endpoint, timeout);
        } catch (IOException e) {
            return CompletableFuture.completedStage(ProbeResult.silent("no socket to check with: " + e.getMessage()));
        }
    }

    private static CompletionStage<ProbeResult> connect(
            AsynchronousSocketChannel channel, Endpoint endpoint, Duration timeout) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        CompletionStage<ProbeResult> bounded = result.completeOnTimeout(
                ProbeResult.silent("no connection within " + timeout.toMillis() + " ms"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            channel.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), result, new Answer());
        } catch (UnresolvedAddressException e) {
            result.complete(ProbeResult.silent("no such host: " + endpoint.host()));
        }
        return bounded.whenComplete((found, never) -> close(channel));
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
