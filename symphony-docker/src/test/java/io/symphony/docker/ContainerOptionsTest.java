package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContainerOptionsTest {

    private final ContainerOptions secure = ContainerOptions.secure();

    @Test
    void nothingIsLooseUnlessItIsSaid() {
        assertThat(secure.freedoms()).isEmpty();
        assertThat(secure.capabilities()).isEmpty();
        assertThat(secure.limits().pids()).isEqualTo(Limits.PIDS);
    }

    @Test
    void whatIsSaidAddsUp() {
        ContainerOptions options = secure.allowing(Freedom.WRITABLE_ROOT)
                .allowing(Freedom.NEW_PRIVILEGES)
                .withVolume("a:/a")
                .withVolume("/b:/b:ro")
                .withLink("db")
                .withLink("cache:c")
                .withCapability("CHOWN");

        assertThat(options.freedoms()).isEqualTo(Set.of(Freedom.WRITABLE_ROOT, Freedom.NEW_PRIVILEGES));
        assertThat(options.volumes()).containsExactly("a:/a", "/b:/b:ro");
        assertThat(options.wiring().links()).containsExactly("db:db", "cache:c");
        assertThat(secure.volumes()).isEmpty();
    }

    @Test
    void whatIsWrongIsRefusedWithNameValueAndExpectation() {
        assertRefused(() -> secure.withVolume("/data"), "volume: '/data' (expected: SOURCE:/PATH[:ro])");
        assertRefused(() -> secure.withVolume("a:b"), "volume: 'a:b' (expected: SOURCE:/PATH[:ro])");
        assertRefused(() -> secure.withLink("a b"), "link: 'a b:a b' (expected: NAME[:ALIAS] of a container)");
        assertRefused(
                () -> secure.withAlias("acts"),
                "alias: [acts] (expected: a network, too; Docker's default bridge has no aliases)");
        assertRefused(
                () -> secure.withNetwork("host"),
                "network: 'host' (expected: a network in which every replica has an address of its own)");
        assertRefused(() -> secure.withMemory(1_024), "memory: 1024 bytes (expected: >= 6291456)");
        assertRefused(() -> secure.withCpus(0), "cpus: 0.0 (expected: >= 0.01)");
        assertRefused(() -> secure.withCpus(Double.NaN), "cpus: NaN (expected: >= 0.01)");
        assertRefused(() -> secure.withPids(0), "pids: 0 (expected: >= 1)");
        assertRefused(() -> secure.withCapability("chown"), "capability: 'chown' (expected: such as NET_BIND_SERVICE)");
    }

    @Test
    void aRuntimeThatCannotWorkIsNotBuilt() {
        assertRefused(() -> builder().containerPort(0), "containerPort: 0 (expected: 1 to 65535)");
        assertRefused(() -> builder().basePort(65_536), "basePort: 65536 (expected: 1 to 65535)");
        assertRefused(
                () -> builder().callTimeout(Duration.ofMillis(99)), "callTimeout: PT0.099S (expected: >= PT0.1S)");
        assertRefused(() -> builder().lookEvery(Duration.ZERO), "lookEvery: PT0S (expected: > 0)");
        assertRefused(
                () -> builder().publishOn("0.0.0.0"),
                "publishOn: '0.0.0.0' (expected: one address; a wildcard opens the port to every network)");
        assertRefused(
                () -> builder().containerAddress().basePort(8_000).build(),
                "containerAddress: together with a published port (expected: one way to reach a replica)");
        assertRefused(
                () -> builder().host("tcp://10.0.0.5:2375").build(),
                "publishOn: none, but tcp://10.0.0.5:2375 is another machine (expected: its address, or"
                        + " containerAddress())");
        assertThatThrownBy(() -> builder()
                        .host("tcp://127.0.0.1:2376")
                        .certificates(Path.of("/no/such"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("certificates: /no/such");
    }

    private static DockerRuntimeBuilder builder() {
        return new DockerRuntimeBuilder(Map.of());
    }

    private static void assertRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
