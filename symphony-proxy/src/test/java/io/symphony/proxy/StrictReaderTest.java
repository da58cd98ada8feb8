package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.proxy.StrictReader.Breach;
import io.symphony.proxy.StrictReader.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of the corpora and of fuzzing must itself see what is wrong. */
class StrictReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|X: y||",
                "GET / HTTP/1.1|Host: h|Host: h||",
                "GET / HTTP/1.0|Host: h||",
                "GET http://h/ HTTP/1.1|Host: h||",
                "GET  / HTTP/1.1|Host: h||",
                "GET / HTTP/1.1|Host: h|X : y||",
                "GET / HTTP/1.1|Host: h| X: y||",
                "GET / HTTP/1.1|Host: h|X: \0||",
                "GET / HTTP/1.1|Host: h|X: a\nY: b||",
                "GET / HTTP/1.1|Host: h|X: a\rb||",
                "GET / HTTP/1.1|Host: h\n\n",
                "GET / HTTP/1.1|Host: h|TE: trailers||",
                "GET / HTTP/1.1|Host: h|Connection: close||",
                "POST / HTTP/1.1|Host: h|Content-Length: 5|Content-Length: 5||hello",
                "POST / HTTP/1.1|Host: h|Content-Length: +5||hello",
                "POST / HTTP/1.1|Host: h|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: gzip, chunked||0||",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||0x5|hello|0||",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello!|0||",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||5;a\nb|hello|0||",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||0|X|||",
            })
    void whatIsNotHttpIsABreach(String request) {
        assertThatThrownBy(() -> reader(request).request()).isInstanceOf(Breach.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|Host: h|",
                "POST / HTTP/1.1|Host: h|Content-Length: 5||hell",
                "POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello|0|",
            })
    void whatIsNotWholeIsCut(String request) {
        assertThatThrownBy(() -> reader(request).request()).isInstanceOf(Cut.class);
    }

    @Test
    void aMessageEndsWhereItsFramingSays() {
        StrictReader reader = reader("POST / HTTP/1.1|Host: h|Transfer-Encoding: chunked||5;x|hello|0|A: b||GET");
        assertThat(reader.request().body()).isEqualTo("hello");
        assertThat(reader.atEnd()).isFalse();
    }

    @Test
    void aResponseWithoutAnEndNeedsACleanOneOfTheConnection() {
        String response = "HTTP/1.1 200 OK|Connection: close||hello";
        assertThat(reader(response).response("GET", true).body()).isEqualTo("hello");
        assertThatThrownBy(() -> reader(response).response("GET", false)).isInstanceOf(Cut.class);
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK||hello").response("GET", true))
                .isInstanceOf(Breach.class);
    }

    private static StrictReader reader(String lines) {
        return new StrictReader(lines.replace("|", "\r\n"));
    }
}
