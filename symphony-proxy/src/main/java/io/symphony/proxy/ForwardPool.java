package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.impl.nio.ClientHttpProtocolNegotiationStarter;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forwarder's connections to replicas: HttpClient's pool on a reactor of its own, which adds nothing to a head. */
final class ForwardPool implements AutoCloseable {

    /** How much of a response may wait for its reader. */
    private static final int WINDOW_BYTES = 64 * 1024;

    private static final int BUFFER_BYTES = 16 * 1024;
    /** A pooled connection that has rested this long is asked whether it is open. */
    private static final TimeValue RESTED = TimeValue.ofMilliseconds(50);

    private static final TimeValue LET_GO = TimeValue.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ForwardPool.class);

    private final String scheme;
    private final HttpVersionPolicy version;
    private final Timeout connect;
    private final TimeValue pooled;
    private final PoolingAsyncClientConnectionManager connections;
    private final DefaultConnectingIOReactor reactor;
    private final AtomicLong exchanges = new AtomicLong();

    ForwardPool(Timeouts timeouts, Limits limits, int workers, @Nullable SSLContext tls, HttpVersionPolicy version) {
        this.version = version;
        scheme = tls == null ? "http" : "https";
        connect = Timeout.of(timeouts.connect());
        pooled = TimeValue.of(timeouts.pooled());
        PoolingAsyncClientConnectionManagerBuilder builder = PoolingAsyncClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(RESTED)
                        .build());
        if (tls != null) {
            builder.setTlsStrategy(
                    ClientTlsStrategyBuilder.create().setSslContext(tls).buildAsync());
        }
        connections = builder.build();
        reactor = reactor(limits, workers, version);
        reactor.start();
    }

    private static DefaultConnectingIOReactor reactor(Limits limits, int workers, HttpVersionPolicy version) {
        HttpProcessor nothing = HttpProcessorBuilder.create().build();
        Http1Config one = Http1Config.custom()
                .setBufferSize(BUFFER_BYTES)
                .setInitialWindowSize(WINDOW_BYTES)
                .setMaxLineLength(limits.headBytes())
                .setMaxHeaderCount(limits.fields())
                .build();
        H2Config two = H2Config.custom()
                .setPushEnabled(false)
                .setInitialWindowSize(WINDOW_BYTES)
                .setMaxHeaderListSize(limits.headBytes())
                .build();
        return new DefaultConnectingIOReactor(
                new ClientHttpProtocolNegotiationStarter(
                        new ClientHttp1StreamDuplexerFactory(
                                nothing, one, CharCodingConfig.DEFAULT, null, null, WrittenRequest.Writer::new, null),
                        new ClientH2StreamMultiplexerFactory(nothing, null, two, CharCodingConfig.DEFAULT, null),
                        version,
                        null,
                        null,
                        null),
                IOReactorConfig.custom()
                        .setIoThreadCount(workers)
                        .setTcpNoDelay(true)
                        .build(),
                new NamedThreads("symphony-forwarder-"),
                null,
                fault -> LOG.debug("A connection to a replica", fault),
                null,
                session -> session.enqueue(new ShutdownCommand(CloseMode.GRACEFUL), Command.Priority.NORMAL));
    }

    /** The head as HttpCore takes it: what goes out as it is, or the parts that HTTP/2 has frames of its own for. */
    HttpRequest message(ForwardRequest request, byte[] head) {
        return version == HttpVersionPolicy.FORCE_HTTP_1
                ? new WrittenRequest(request.method(), head, request.body().contentLength())
                : inTwo(request, head);
    }

    private HttpRequest inTwo(ForwardRequest request, byte[] head) {
        ForwardHead.Lines lines = ForwardHead.Lines.of(head);
        BasicHttpRequest message = new BasicHttpRequest(request.method(), "/");
        message.setPath(lines.target()); // as it is: the constructor would take //host/path apart
        message.setScheme(scheme);
        for (Field field : lines.fields()) {
            if (field.is("host")) {
                message.setAuthority(authority(field.value()));
            } else if (!field.is("transfer-encoding")) {
                message.addHeader(field.name(), field.value());
            }
        }
        return message;
    }

    private static URIAuthority authority(String host) {
        try {
            return URIAuthority.create(host);
        } catch (URISyntaxException e) {
            throw new ForwarderException(400, "Host: '" + host + "' (expected: a host and perhaps a port)", e);
        }
    }

    /** Takes a connection to this replica out of the pool; it may still have to be made. */
    Future<?> lease(Endpoint replica, FutureCallback<AsyncConnectionEndpoint> then) {
        HttpHost host = new HttpHost(scheme, replica.host(), replica.port());
        HttpRoute route = new HttpRoute(host, null, scheme.equals("https"));
        return connections.lease(exchange(), route, null, connect, then);
    }

    Future<?> connect(AsyncConnectionEndpoint open, FutureCallback<AsyncConnectionEndpoint> then) {
        TlsConfig tls = TlsConfig.custom()
                .setHandshakeTimeout(connect)
                .setVersionPolicy(version)
                .build();
        return connections.connect(open, reactor, connect, tls, HttpClientContext.create(), then);
    }

    void execute(AsyncConnectionEndpoint on, ForwardAttempt attempt) {
        on.execute(exchange(), attempt, HttpClientContext.create());
    }

    private String exchange() {
        return Long.toString(exchanges.incrementAndGet());
    }

    /** Puts a connection back that nothing is left over on. */
    void release(AsyncConnectionEndpoint done) {
        connections.release(done, null, pooled);
    }

    void discard(AsyncConnectionEndpoint lost) {
        lost.close(CloseMode.IMMEDIATE);
        connections.release(lost, null, TimeValue.ZERO_MILLISECONDS);
    }

    /** Closes what has rested for too long. */
    void tidy(Duration idle) {
        connections.closeExpired();
        connections.closeIdle(TimeValue.of(idle));
    }

    /** The reactor is let go by itself first: closed under its feet, it logs an error of its own (HttpCore 5.4). */
    @Override
    public void close() {
        reactor.initiateShutdown();
        try {
            reactor.awaitShutdown(LET_GO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reactor.close(CloseMode.IMMEDIATE);
        connections.close(CloseMode.IMMEDIATE);
    }
}
