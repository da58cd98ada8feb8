package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {

    private final ResponseHead head = new ResponseHead(4);

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 2000 OK, BAD_LINE",
        "HTTP/1.1 200, BAD_LINE",
        "HTTP/1.1  200 OK, BAD_LINE",
        "HTTP/1.1 099 OK, BAD_STATUS",
        "HTTP/1.1 2x0 OK, BAD_STATUS",
        "HTTP/2.0 200 OK, BAD_VERSION",
        "HTTX/1.1 200 OK, BAD_LINE",
        "hello world, BAD_LINE",
        "HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 5, MANY_LENGTHS",
        "HTTP/1.1 200 OK|Content-Length: -5, BAD_LENGTH",
        "HTTP/1.1 200 OK|Content-Length: 5|Transfer-Encoding: chunked, LENGTH_AND_CODING",
        "HTTP/1.0 200 OK|Transfer-Encoding: chunked, OLD_CODING",
        "HTTP/1.1 204 No|Transfer-Encoding: chunked, BAD_CODING",
        "HTTP/1.1 200 OK|A : b, BLANK_BEFORE_COLON",
        "HTTP/1.1 200 OK|A: b|A: b|A: b|A: b|A: b, MANY_FIELDS",
    })
    void whatIsAmbiguousOrMalformedIsRefused(String lines, Refusal why) {
        assertThat(parse(lines.replace("|", "\r\n") + "\r\n\r\n")).isEqualTo(Head.REFUSED);
        assertThat(head.refusal()).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 \r\n\r\n",
                "HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\n",
                "HTTP/1.1 999 caf\u00e9\r\n\r\n"
            })
    void whatIsCleanIsReadAndNoPrefixOfItIsTakenForTheWhole(String text) {
        for (int length = 0; length < text.length(); length++) {
            assertThat(parse(text.substring(0, length)))
                    .as(text.substring(0, length))
                    .isEqualTo(Head.INCOMPLETE);
        }
        assertThat(parse(text)).isEqualTo(text.length());
    }

    private int parse(String text) {
        byte[] bytes = Octets.ascii(text);
        return head.parse(bytes, 0, bytes.length);
    }
}
