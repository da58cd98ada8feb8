package io.symphony.proxy.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.javalin.Javalin;
import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.proxy.Forwarder;
import io.symphony.spi.ProbeResult;
import io.symphony.testing.InProcessRuntime;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example in each server: bodies both ways, scaling, and replicas that fail. */
class EmbeddedTest {

    /** A server that an example has started, and what it forwards. */
    private record Started(String forwarded, End end) {
        static Started all(int port, End end) {
            return new Started("http://127.0.0.1:" + port, end);
        }
    }

    private interface End {
        void now() throws Exception;
    }

    /** The servers that there are examples for. */
    enum In {
        JDK_SERVER {
            @Override
            Started start(Forwarder forwarder) throws Exception {
                HttpServer server = InJdkServer.serve(forwarder, 0);
                return Started.all(server.getAddress().getPort(), () -> server.stop(0));
            }
        },
        JETTY {
            @Override
            Started start(Forwarder forwarder) throws Exception {
                Server server = InJetty.serve(forwarder, 0);
                int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
                return Started.all(port, server::stop);
            }
        },
        TOMCAT {
            @Override
            Started start(Forwarder forwarder) throws Exception {
                Tomcat server = InTomcat.serve(forwarder, 0);
                return Started.all(server.getConnector().getLocalPort(), server::stop);
            }
        },
        JAVALIN {
            @Override
            Started start(Forwarder forwarder) {
                Javalin server = InJavalin.serve(forwarder, 0);
                return new Started("http://127.0.0.1:" + server.port() + "/acts", server::stop);
            }
        },
        VERTX {
            @Override
            Started start(Forwarder forwarder) {
                Vertx vertx = Vertx.vertx();
                int port = InVertx.serve(vertx, forwarder, 0).actualPort();
                return Started.all(port, () -> vertx.close().await());
            }
        },
        HELIDON {
            @Override
            Started start(Forwarder forwarder) throws Exception {
                assumeTrue(LaterJava.isHere(), "Helidon wants Java 21");
                Method serve = LaterJava.compiled("InHelidon").getDeclaredMethod("serve", Forwarder.class, int.class);
                serve.setAccessible(true);
                Object server = serve.invoke(null, forwarder, 0);
                Class<?> type = serve.getReturnType();
                int port = (int) type.getMethod("port").invoke(server);
                return Started.all(port, () -> type.getMethod("stop").invoke(server));
            }
        };

        abstract Started start(Forwarder forwarder) throws Exception;
    }

    private final InProcessRuntime runtime = new InProcessRuntime();
    private final Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", "in-process"))
            .between(2, 4)
            .runtime(runtime)
            .health(HealthPolicy.standard().withEjection(EjectionPolicy.never())) // one response is cut on purpose
            .probe((endpoint, timeout) -> CompletableFuture.completedStage(ProbeResult.well()))
            .start();
    private final Forwarder forwarder =
            Forwarder.to(acts).workers(1).drain(Duration.ZERO).start();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void silenceTomcat() {
        LogManager.getLogManager().reset(); // it reports at length what this test provokes
    }

    @AfterEach
    void end() {
        forwarder.close();
        acts.close();
        runtime.close();
    }

    @ParameterizedTest
    @EnumSource
    void itForwardsScalesAndOutlivesReplicas(In in) throws Exception {
        acts.awaitReady(2, Duration.ofSeconds(20));
        Started server = in.start(forwarder);
        try {
            bodiesArriveWhole(server);
            responsesThatBreakOffAreNotWhole(server);
            requestsFindNewReplicas(server);
            requestsFindAnotherReplica(server);
            assertThat(acts.status().requests().failed()).isEqualTo(1); // the one that was cut
        } finally {
            server.end().now();
        }
    }

    private void bodiesArriveWhole(Started server) throws Exception {
        for (int length : new int[] {0, 1, 100_000, 2_000_000}) {
            byte[] body = new byte[length];
            new Random(length).nextBytes(body);
            HttpResponse<byte[]> known = post(server, BodyPublishers.ofByteArray(body));
            assertThat(known.body()).isEqualTo(body);
            assertThat(known.headers().firstValue("X-Forwarded")).hasValue("127.0.0.1");
            assertThat(post(server, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .body())
                    .isEqualTo(body);
        }
    }

    private HttpResponse<byte[]> post(Started server, BodyPublisher body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at(server, "/echo?a=%20b")).POST(body).build(), BodyHandlers.ofByteArray());
    }

    private void responsesThatBreakOffAreNotWhole(Started server) {
        assertThatThrownBy(() ->
                        client.send(HttpRequest.newBuilder(at(server, "/cut")).build(), BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
    }

    private void requestsFindNewReplicas(Started server) throws Exception {
        acts.scaleTo(3);
        await().until(() -> acts.status().ready() == 3);
        assertThat(replicasOf(server)).hasSize(3);
    }

    private void requestsFindAnotherReplica(Started server) throws Exception {
        ReplicaId dead = acts.status().replicas().get(0).id();
        runtime.kill(dead);
        assertThat(replicasOf(server)).isNotEmpty().doesNotContain(dead.toString());
    }

    /** Who answers six requests; each must be answered. */
    private Set<String> replicasOf(Started server) throws Exception {
        Set<String> replicas = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            HttpResponse<Void> response =
                    client.send(HttpRequest.newBuilder(at(server, "/")).build(), BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
            replicas.add(response.headers().firstValue("X-Replica").orElseThrow());
        }
        return replicas;
    }

    private static URI at(Started server, String target) {
        return URI.create(server.forwarded() + target);
    }
}
