package io.symphony.bench;

import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.ForwardResponse;
import io.symphony.proxy.Forwarder;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;

/**
 * A {@link Forwarder} in a server, to be put beside nginx: HttpCore's own in front, which adds nothing to a head.
 *
 * <pre>
 * bench/side-by-side --also "forwarder=java -cp bench/target/benchmarks.jar io.symphony.bench.ForwardingServer {port} {backends} {workers}"
 * </pre>
 *
 * <p>Without backends it answers by itself, which is what the server in front costs alone.
 */
public final class ForwardingServer {

    private static final int BUFFER_BYTES = 16 * 1024;

    private ForwardingServer() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int workers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        listen(port, workers, arguments.length > 1 ? forwarder(arguments[1], workers)::answer : new OwnAnswer());
    }

    private static Forwarder forwarder(String backends, int workers) {
        Orchestrator orchestrator = Orchestrator.of(ServiceSpec.backends(
                        "pool",
                        Stream.of(backends.split(",", -1)).map(Endpoint::parse).toList()))
                .start();
        return Forwarder.to(orchestrator).workers(workers).start();
    }

    private static void listen(
            int port, int workers, Function<ForwardRequest, CompletionStage<ForwardResponse>> answers)
            throws Exception {
        HttpAsyncServer server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(workers)
                        .setTcpNoDelay(true)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER_BYTES)
                        .setChunkSizeHint(BUFFER_BYTES)
                        .build())
                .setHttpProcessor(HttpProcessorBuilder.create().build())
                .setRequestRouter((request, context) -> () -> new Passage(answers))
                .create();
        server.start();
        var unused = server.listen(new InetSocketAddress("127.0.0.1", port), URIScheme.HTTP)
                .get();
        server.awaitShutdown(TimeValue.MAX_VALUE);
    }
}
