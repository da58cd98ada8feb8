package io.symphony.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void whenOurRangeIsUsedUpTheSystemChooses() {
        Set<Integer> given = IntStream.range(20_000, 30_000).boxed().collect(Collectors.toSet());

        assertThat(Ports.anywhere().free(given).orElseThrow()).isNotIn(given);
    }

    @Test
    void aBasePortHasNothingAboveTheLastOne() {
        assertThat(Ports.from(65_534).free(Set.of(65_534, 65_535))).isEmpty();
    }
}
