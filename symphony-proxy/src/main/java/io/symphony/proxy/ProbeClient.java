package io.symphony.proxy;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP client for questions of our own, off the way of requests: a new connection each, no retries, no memory. */
final class ProbeClient {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeClient.class);

    /** Longer than any deadline of a question; it only frees what a deadline that never ran would leave behind. */
    private static final Timeout LAST_RESORT = Timeout.ofMinutes(5);

    private static final TimeValue LET_GO = TimeValue.ofSeconds(1);

    /** Replicas are asked in plain HTTP. Without this the client would read the JDK's trust store, some megabytes, in vain. */
    private static final TlsStrategy PLAIN = (session, host, local, remote, attachment, timeout) -> {
        throw new UnsupportedOperationException(host + ": asked over TLS (expected: http)");
    };

    private ProbeClient() {}

    static CloseableHttpAsyncClient started() {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setTlsStrategy(PLAIN)
                        .setMaxConnPerRoute(64)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(LAST_RESORT)
                                .setSocketTimeout(LAST_RESORT)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(LAST_RESORT)
                        .setResponseTimeout(LAST_RESORT)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setThreadFactory(new NamedThreads("symphony-probe-"))
                .setIoReactorExceptionCallback(fault -> LOG.debug("A probe's connection", fault))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("symphony-probe")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
        client.start();
        return client;
    }

    /** The reactor is let go by itself first: closed under its feet, it logs an error of its own (HttpCore 5.4). */
    static void close(CloseableHttpAsyncClient client) {
        client.initiateShutdown();
        try {
            client.awaitShutdown(LET_GO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
    }

    /** Why a question had no answer, in few words. */
    static String whatHappened(Throwable thrown, Duration timeout) {
        if (thrown instanceof TimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms";
        }
        if (thrown instanceof ConnectException) {
            return "connection refused";
        }
        if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
            return "host not found";
        }
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
