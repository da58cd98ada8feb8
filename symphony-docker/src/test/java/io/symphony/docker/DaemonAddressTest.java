package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonAddressTest {

    @Test
    void withoutAWordItIsTheUsualSocket() {
        DaemonAddress address = DaemonAddress.fromEnvironment(Map.of("DOCKER_HOST", " "));

        assertThat(address).hasToString("unix:///var/run/docker.sock");
        assertThat(address.isLocal()).isTrue();
    }

    @Test
    void theEnvironmentIsReadAsTheDockerCommandDoes() {
        DaemonAddress address = DaemonAddress.fromEnvironment(
                Map.of("DOCKER_HOST", "tcp://10.0.0.5:2376", "DOCKER_CERT_PATH", "/etc/client"));

        assertThat(address).hasToString("tcp://10.0.0.5:2376 with TLS");
        assertThat(address.certificates()).contains(Path.of("/etc/client"));
        assertThat(address.isLocal()).isFalse();
    }

    @Test
    void verifyingWithoutACertificatePathUsesDockersOwnDirectory() {
        DaemonAddress address = DaemonAddress.fromEnvironment(
                Map.of("DOCKER_HOST", "tcp://127.0.0.1:2376", "DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", "/cfg"));

        assertThat(address.certificates()).contains(Path.of("/cfg"));
        assertThat(address.isLocal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.5:2375", "tcp://10.0.0.5", "unix:///", "10.0.0.5:2375", "tcp://a b:1"})
    void anythingElseIsRefused(String host) {
        assertThatThrownBy(() -> DaemonAddress.of(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: '" + host + "' (expected: unix:///PATH or tcp://HOST:PORT, as in DOCKER_HOST)");
    }
}
