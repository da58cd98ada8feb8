package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.fleet.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1:8080, 127.0.0.1, 8080", "localhost:0, localhost, 0", "[::1]:80, ::1, 80"})
    void anAddressHasAHostAndAPort(String text, String host, int port) throws Unexpected {
        InetSocketAddress address = Parsers.address().parse(text);

        assertThat(address.getHostString()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":8080", "host", "host:", "host:65536", "host:-1", "host:x"})
    void everythingElseIsNoAddress(String text) {
        assertThatThrownBy(() -> Parsers.address().parse(text))
                .isInstanceOf(Unexpected.class)
                .hasMessageStartingWith("HOST:PORT");
    }

    @Test
    void endpointsStandBetweenCommasOrOneByOne() throws Unexpected {
        List<Endpoint> three = List.of(new Endpoint("a", 1), new Endpoint("b", 2), new Endpoint("c", 3));

        assertThat(Parsers.endpoints().parse(List.of("a:1, b:2,c:3"))).isEqualTo(three);
        assertThat(Parsers.endpoints().parse(List.of("a:1", "b:2,c:3"))).isEqualTo(three);
        assertThatThrownBy(() -> Parsers.endpoints().parse(List.of("a:1,,b:2"))).isInstanceOf(Unexpected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "NaN", "Infinity", ""})
    void aRateIsAboveZero(String text) {
        assertThatThrownBy(() -> Parsers.positive().parse(text)).hasMessage("a number above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acts", "-acts", "acts-", "a b"})
    void aServicesNameFollowsTheRuleOfTheLibrary(String text) {
        assertThatThrownBy(() -> Parsers.name().parse(text)).isInstanceOf(Unexpected.class);
    }

    @Test
    void aSettingThatIsGivenTwiceIsRefused() {
        assertThatThrownBy(() -> Parser.once(Parsers.text()).parse(List.of("a", "b")))
                .hasMessage("one value, not 2");
    }
}
