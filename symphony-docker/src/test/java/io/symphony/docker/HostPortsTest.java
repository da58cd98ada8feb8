package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HostPortsTest {

    @Test
    void fromABaseItIsTheNextThatIsFree() {
        HostPorts ports = HostPorts.from(8_000, port -> port != 8_001);

        assertThat(ports.claim(Set.of())).hasValue(8_000);
        assertThat(ports.claim(Set.of())).hasValue(8_002);
        assertThat(ports.claim(Set.of(8_003))).hasValue(8_004);

        ports.release(8_000);
        assertThat(ports.claim(Set.of())).hasValue(8_000);
    }

    @Test
    void withoutABaseItLiesBelowThePortsOfOutgoingConnections() {
        HostPorts ports = HostPorts.anywhere(port -> true);

        assertThat(ports.claim(Set.of()).orElseThrow()).isBetween(20_000, 29_999);
    }

    @Test
    void whereNoneIsFreeThereIsNone() {
        assertThat(HostPorts.from(65_000, port -> false).claim(Set.of())).isEmpty();
        assertThat(HostPorts.anywhere(port -> false).claim(Set.of())).isEmpty();
    }
}
