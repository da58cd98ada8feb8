package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Calls of {@code /echo} that check that each body arrived whole, and count who answered. */
record EchoCalls(String method, URI uri, HttpClient client) {
    private static final int LARGEST_BODY = 20_000;

    static EchoCalls of(String method, URI uri) {
        return new EchoCalls(
                method,
                uri,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** Sends so many, so many of them at a time, and returns how many each replica answered. */
    Map<String, Long> send(int number, int concurrent) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(concurrent);
        try {
            CompletionService<String> calls = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < number; i++) {
                calls.submit(call(i));
            }
            Map<String, Long> served = new TreeMap<>();
            for (int i = 0; i < number; i++) {
                served.merge(calls.take().get(), 1L, Long::sum);
            }
            return served;
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<String> call(int seed) {
        return () -> {
            byte[] body = body(seed);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                    .header("X-Seed", Integer.toString(seed))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            if (!method.equals("HEAD")) {
                assertThat(response.body()).contains(echo(body, seed));
            }
            return response.headers().firstValue("X-Served-By").orElseThrow();
        };
    }

    private byte[] body(int seed) {
        Random random = new Random(seed);
        byte[] body = new byte[method.equals("GET") || method.equals("HEAD") ? 0 : random.nextInt(LARGEST_BODY)];
        random.nextBytes(body);
        return body;
    }

    private String[] echo(byte[] body, int seed) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        return new String[] {
            "\"method\":\"" + method + "\"",
            "\"path\":\"" + uri.getPath(),
            "\"x-seed\":[\"" + seed + "\"]",
            "\"length\":" + body.length + ",\"sha256\":\"" + digest + "\""
        };
    }
}
