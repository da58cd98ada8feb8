package io.symphony.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two HTTP clients for one daemon. The one for control gives up on a connection that is silent for too long, which
 * works over TCP only; the one for streams never does, because no news is what a stream of events mostly has.
 */
final class Clients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final int MOST_STREAMS = 64;
    private static final ApiVersion OLDEST = new ApiVersion(1, 24);

    private final DaemonAddress address;
    private final DockerHttpClient control;
    private final DockerHttpClient streams;

    Clients(DaemonAddress address, Duration limit) {
        this.address = address;
        SSLContext tls = address.certificates().map(TlsFiles::read).orElse(null);
        control = builder(tls, limit)
                .maxConnections(Calls.MOST)
                .responseTimeout(limit)
                .build();
        streams = builder(tls, limit).maxConnections(MOST_STREAMS).build();
    }

    /** Both clients, speaking one version. */
    Speaking speaking(ApiVersion version) {
        DefaultDockerClientConfig config =
                config().withApiVersion(version.toString()).build();
        return new Speaking(
                version, DockerClientImpl.getInstance(config, control), DockerClientImpl.getInstance(config, streams));
    }

    /** Asks without naming a version, which every daemon answers. */
    ApiVersion negotiate() throws IOException {
        Version answer = DockerClientImpl.getInstance(config().build(), control)
                .versionCmd()
                .exec();
        Object oldest = answer.getRawValues().get("MinAPIVersion");
        try {
            return ApiVersion.negotiate(
                    oldest == null ? OLDEST : ApiVersion.parse(oldest.toString()),
                    ApiVersion.parse(String.valueOf(answer.getApiVersion())));
        } catch (IllegalArgumentException e) {
            throw new IOException("GET /version was not answered by a Docker Engine", e);
        }
    }

    @Override
    public void close() {
        close(control);
        close(streams);
    }

    /** Everything is said here, so that no file of docker-java's own, no property and no context has a say. */
    private DefaultDockerClientConfig.Builder config() {
        return new DefaultDockerClientConfig.Builder()
                .withDockerHost(address.uri().toString())
                .withDockerConfig(DaemonAddress.dockerDirectory(System.getenv()).toString())
                .withDockerContext("default")
                .withCustomSslConfig(SSLContext::getDefault) // unused, but keeps BouncyCastle out
                .withRegistryUrl("https://index.docker.io/v1/");
    }

    private ApacheDockerHttpClient.Builder builder(@Nullable SSLContext tls, Duration limit) {
        ApacheDockerHttpClient.Builder builder =
                new ApacheDockerHttpClient.Builder().dockerHost(address.uri()).connectionTimeout(limit);
        return tls == null ? builder : builder.sslConfig(() -> tls);
    }

    private static void close(DockerHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("closing a client", e);
        }
    }

    /** The daemon in one version of its API. Only what takes long or has no end goes through the streams. */
    record Speaking(ApiVersion version, DockerClient control, DockerClient streams) {}
}
