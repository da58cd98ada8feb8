package io.symphony.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleServiceTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SampleService sample;

    @BeforeEach
    void start() throws IOException {
        sample = SampleService.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        sample.end();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | \\{\"status\":\"ok\",\"message\":\"Request received\",\"current_rps\":\\d+}",
                "/host | \\{\"host\":\".+\",\"port\":\\d+,\"pid\":\\d+}",
                "/date | \\{\"date\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"}",
                "/health | \\{\"status\":\"well\"}",
                "/api/v1/_health | \\{\"status\":\"well\"}",
                "/slow?ms=10 | \\{\"status\":\"ok\",\"waited_ms\":10}",
                "/rps-display | <!doctype html>(?s:.*)EventSource\\('/rps'\\)(?s:.*)"
            })
    void aPathAnswers(String path, String body) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().strip()).matches(body);
        assertThat(response.headers().firstValue("X-Served-By"))
                .contains("127.0.0.1:" + sample.address().getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "LINK"})
    void echoSaysBackWhatArrived(String method) throws Exception {
        HttpResponse<String> response = send(request("/echo?a=%20b")
                .method(method, BodyPublishers.ofString("hello"))
                .header("X-Odd", "a \"quoted\" \\ value"));

        assertThat(response.body())
                .contains("\"method\":\"" + method + "\"", "\"path\":\"/echo?a=%20b\"", "\"length\":5")
                .contains("\"x-odd\":[\"a \\\"quoted\\\" \\\\ value\"]")
                .contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @ParameterizedTest
    @CsvSource({
        "/nope, 404",
        "/host/, 404",
        "/slow?ms=-1, 400",
        "/slow?ms=x, 400",
        "/fail?status=99, 400",
        "/fail, 500",
        "/fail?status=418, 418",
        "/fail?status=204, 204",
        "/fail?status=304, 304",
        "/sick, 405",
        "/well, 405"
    })
    void aPathAnswersWithItsStatus(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void headHasTheLengthOfTheBodyThatItLeavesOut() throws Exception {
        HttpResponse<String> response = send(request("/health").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(18);
    }

    @Test
    void itFallsSickAndGetsWellWhenAskedTo() throws Exception {
        assertThat(post("/sick").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/api/v1/_health").statusCode()).isEqualTo(503);
        assertThat(get("/").statusCode()).isEqualTo(200);

        assertThat(post("/well").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByPathAndStatus() throws Exception {
        get("/");
        get("/");
        get("/fail?status=503");
        get("/no/such/path");

        // A request is counted once its answer is out, which its client may have read by then.
        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains("# TYPE sample_requests_total counter\n")
                .contains("sample_requests_total{path=\"/\",status=\"200\"} 2\n")
                .contains("sample_requests_total{path=\"/fail\",status=\"503\"} 1\n")
                .contains("sample_requests_total{path=\"other\",status=\"404\"} 1\n"));
    }

    @Test
    void theRateComesAsEventsUntilTheServiceEnds() throws Exception {
        HttpResponse<Stream<String>> response = client.send(request("/rps").build(), BodyHandlers.ofLines());

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (Stream<String> lines = response.body()) {
            assertThat(lines.filter(line -> !line.isEmpty()).findFirst().orElseThrow())
                    .matches("data: \\{\"rps\":\\d+,\"timestamp\":\"\\S+Z\"}");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + sample.address().getPort() + path));
    }
}
