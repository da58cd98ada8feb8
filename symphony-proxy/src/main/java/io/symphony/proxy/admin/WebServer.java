package io.symphony.proxy.admin;

import io.symphony.proxy.ListenerException;
import io.symphony.spi.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HttpCore's server with one thread for all connections, and a bound on everything that a client can make it hold. */
final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int LINE_BYTES = 8 * 1024;
    private static final int HEADERS = 64;
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
    private static final int BIND_SECONDS = 10;

    private final Sessions sessions = new Sessions(Ticker.system());
    private final Streams streams = new Streams(sessions);
    private final HttpAsyncServer server;

    WebServer(Function<Call, Answer> pages) {
        server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setSoReuseAddress(true)
                        .setTcpNoDelay(true)
                        .setSoTimeout(Timeout.of(Sessions.TIME))
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(LINE_BYTES)
                        .setMaxHeaderCount(HEADERS)
                        .setMaxEmptyLineCount(1)
                        .build())
                .setHttpProcessor(HttpProcessors.server("symphony"))
                .setIOSessionListener(sessions)
                .setStreamListener(sessions)
                .setExceptionCallback(fault -> LOG.debug("A connection to the admin listener", fault))
                .setRequestRouter((request, context) -> () -> new Visit(pages, streams))
                .create();
    }

    Streams streams() {
        return streams;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Begins to listen; it returns where. */
    InetSocketAddress listen(InetSocketAddress at) {
        server.start();
        try {
            ListenerEndpoint endpoint = server.listen(at, URIScheme.HTTP).get(BIND_SECONDS, TimeUnit.SECONDS);
            return (InetSocketAddress) endpoint.getAddress();
        } catch (ExecutionException e) {
            throw failed(at, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw failed(at, new TimeoutException("not done within " + BIND_SECONDS + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(at, e);
        }
    }

    private ListenerException failed(InetSocketAddress at, Throwable cause) {
        close();
        return ListenerException.cannotListen(at.getHostString(), at.getPort(), cause);
    }

    /** The reactor is let go by itself first: closed under its feet, it logs an error of its own (HttpCore 5.4). */
    @Override
    public void close() {
        server.initiateShutdown();
        try {
            server.awaitShutdown(TimeValue.of(LAST_MOMENT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close(CloseMode.IMMEDIATE);
    }
}
