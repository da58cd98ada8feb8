package io.symphony.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "localhost:80, localhost, 80",
        "127.0.0.1:65535, 127.0.0.1, 65535",
        "[::1]:8080, ::1, 8080",
        "[fe80::1%eth0]:1, fe80::1%eth0, 1"
    })
    void readsWhatItWrites(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port));
        assertThat(new Endpoint(host, port)).hasToString(text);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "localhost", ":80", "localhost:", "localhost:http", "[::1]", "[]:80", "a:0", "a:65536"})
    void refusesWhatIsNoEndpoint(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatItExpects() {
        assertThatThrownBy(() -> Endpoint.parse("80")).hasMessage("endpoint: '80' (expected: HOST:PORT)");
        assertThatThrownBy(() -> Endpoint.parse("a:b")).hasMessage("endpoint: 'a:b' (expected: HOST:PORT)");
        assertThatThrownBy(() -> Endpoint.local(0)).hasMessage("port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> new Endpoint(" ", 1)).hasMessage("host: ' ' (expected: a name or an address)");
    }
}
