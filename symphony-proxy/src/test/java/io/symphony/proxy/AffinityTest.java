package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.routing.RoutingPolicy;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinityTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 5_000})
    void theSameValueLeadsToTheSameReplica(int patienceMillis) throws Exception {
        List<Backend> backends = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            backends.add(Backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + name));
        }
        try (Orchestrator acts = inFrontOf(backends);
                Listener listener = Listener.forwarding(acts)
                        .at("127.0.0.1", 0)
                        .affinity("X-User")
                        .timeouts(Timeouts.defaults().withPatience(Duration.ofMillis(patienceMillis)))
                        .start();
                Wire client = Wire.to(listener.address().getPort())) {
            Map<String, String> homes = new HashMap<>();
            for (int i = 0; i < 90; i++) {
                String user = "user-" + i % 30;
                String served = ask(client, "x-user:  " + user + " \r\n");
                assertThat(homes.merge(user, served, (known, now) -> known)).isEqualTo(served);
            }
            assertThat(homes.values()).contains("a", "b", "c");
            assertThat(acts.status().requests().accepted()).isEqualTo(90);
            Set<String> served = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                served.add(ask(client, i % 2 == 0 ? "" : "X-User: \r\n"));
            }
            assertThat(served).containsOnly("a", "b", "c");
        }
        for (Backend backend : backends) {
            backend.close();
        }
    }

    @Test
    void everyBitOfTheKeyDependsOnEveryByteOfTheValue() {
        byte[] value = Octets.ascii("customer-42");
        long key = Octets.hash(value, 0, value.length);
        for (int bit = 0; bit < value.length * 8; bit++) {
            value[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Long.bitCount(key ^ Octets.hash(value, 0, value.length))).isBetween(12, 52);
            value[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void whatIsNoFieldNameIsRefused() {
        assertThatThrownBy(() -> new KeyAffinity("X User"))
                .hasMessage("affinity: 'X User' (expected: a field name of at most 64)");
    }

    private static Orchestrator inFrontOf(List<Backend> backends) throws InterruptedException {
        Orchestrator acts = Orchestrator.of(ServiceSpec.backends(
                        "acts", backends.stream().map(Backend::endpoint).toList()))
                .probe((endpoint, timeout) -> CompletableFuture.completedStage(ProbeResult.well()))
                .balancing(RoutingPolicy.hash())
                .start();
        assertThat(acts.awaitReady(backends.size(), Duration.ofSeconds(20))).isTrue();
        return acts;
    }

    private static String ask(Wire client, String field) throws Exception {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n" + field + "\r\n").head();
        return client.read(1);
    }
}
