package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample service and the load tool as somebody runs them. */
class SampleAndLoadIT {
    private Launched sample;
    private String url;

    @BeforeEach
    void startSample() throws Exception {
        sample = Launched.program(Map.of("PORT", "0"), "sample");
        url = sample.awaitLine("sample: (http://127.0.0.1:\\d+)");
    }

    @AfterEach
    void stopSample() {
        sample.close();
    }

    @Test
    void loadSaysWhatItMeasuredAndLeavesWithZero() throws Exception {
        try (Launched load = Launched.program("load", "-n", "1000", "-c", "10", "-u", url)) {
            assertThat(load.exitCode()).isZero();
            assertThat(load.output())
                    .contains("Progress: 1000/1000 requests (100 %)")
                    .contains("\nTotal requests: 1000\nSuccessful: 1000\nFailed: 0\nAverage response time: 0.")
                    .containsPattern("\nTotal time: \\d+\\.\\d{3}s\nRequests per second: \\d+\\.\\d{2}\n")
                    .containsPattern("p50: [0-9.]+ ms\np90: [0-9.]+ ms\np99: [0-9.]+ ms$");
        }
    }

    @Test
    void loadLeavesWithOneWhenARequestFailed() throws Exception {
        try (Launched load = Launched.program("load", "-n", "10", "-u", url + "/fail?status=500")) {
            assertThat(load.exitCode()).isEqualTo(1);
            assertThat(load.output()).contains("Failed, status 500: 10", "Successful: 0", "Failed: 10");
        }
    }

    @Test
    void loadThatIsInterruptedSaysWhatItMeasuredUntilThen() throws Exception {
        try (Launched load = Launched.program("load", "-d", "10m", "--rate", "100", "-c", "4", "-u", url)) {
            load.awaitLine("Progress: [1-9]");

            assertThat(load.terminate().exitCode()).isZero();
            assertThat(load.output())
                    .containsPattern("Total requests: [1-9]\\d*\n")
                    .contains("Failed: 0");
        }
    }

    @Test
    void theSampleFinishesWhatItIsAnsweringAndEnds() throws Exception {
        HttpRequest slow =
                HttpRequest.newBuilder(URI.create(url + "/slow?ms=1000")).build();
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(slow, BodyHandlers.ofString());
        awaitInFlight(2);

        assertThat(sample.terminate().exitCode()).isZero();
        assertThat(answer.get().body()).contains("waited_ms");
    }

    /** The request that asks is one of them. */
    private void awaitInFlight(int requests) {
        HttpRequest metrics =
                HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
        await().until(() -> HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofString())
                .body()
                .contains("sample_requests_in_flight " + requests + "\n"));
    }
}
