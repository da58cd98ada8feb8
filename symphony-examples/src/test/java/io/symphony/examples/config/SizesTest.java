package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"512, 512", "64m, 67108864", "1.5g, 1610612736", "2 GiB, 2147483648", "1kb, 1024", "3T, 3298534883328"})
    void aUnitIsAPowerOf1024(String text, long bytes) throws Parser.Unexpected {
        assertThat(Sizes.parseBytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1m", "1x", "1,5g", "1mm"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Sizes.parseBytes(text))
                .isInstanceOf(Parser.Unexpected.class)
                .hasMessage("a size such as 64m, 512m or 2g");
    }
}
