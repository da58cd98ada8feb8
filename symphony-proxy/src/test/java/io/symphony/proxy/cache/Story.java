package io.symphony.proxy.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A cache between a client and an origin, in virtual time. Fields are written as {@code Name: value & Name: value};
 * {@code @-60} is the date a minute ago.
 */
final class Story {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern RELATIVE = Pattern.compile("@(-?\\d+)");

    private Instant now = Instant.parse("2026-05-04T12:00:00Z");
    private Runnable glance = () -> {};
    private final Cache cache = new Cache(1_000_000, Duration.ofMinutes(1), this::now);

    private Instant now() {
        glance.run();
        return now;
    }

    /** Does something while the next visit is between its look at what is kept and its decision. */
    void betweenLookAndDecision(Runnable happening) {
        glance = () -> glance = () -> {
            glance = () -> {};
            happening.run();
        };
    }

    Cache cache() {
        return cache;
    }

    Story after(long seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    Fields fields(String text) {
        Fields.Builder fields = new Fields.Builder();
        for (String line : text.isBlank() ? new String[0] : text.split(" & ", -1)) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon), dated(line.substring(colon + 1).strip()));
        }
        return fields.build();
    }

    private String dated(String value) {
        return RELATIVE.matcher(value)
                .replaceAll(match -> DATE.format(now.plusSeconds(Long.parseLong(match.group(1)))));
    }

    CacheRequest request(String methodAndTarget, String fields) {
        String[] parts = methodAndTarget.split(" ", -1);
        return new CacheRequest(parts[0], "http://example.org", parts[1], fields(fields));
    }

    Visit visit(String methodAndTarget, String fields) {
        return cache.visit(request(methodAndTarget, fields));
    }

    /** A request that goes to the origin, and its whole response. */
    Turn fetch(String methodAndTarget, String requestFields, int status, String responseFields, String body) {
        Visit visit = visit(methodAndTarget, requestFields);
        Step step = visit.next();
        if (!(step instanceof Step.Ask)) {
            throw new AssertionError(methodAndTarget + " did not go to the origin: " + step);
        }
        return answer(visit, status, responseFields, body);
    }

    Turn answer(Visit visit, int status, String responseFields, String body) {
        Turn turn = visit.answered(status, "Reason", fields(responseFields));
        if (turn instanceof Turn.Relay relay) {
            relay.recording().ifPresent(recording -> {
                recording.add(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
                recording.complete();
            });
        }
        visit.end();
        return turn;
    }

    /** What becomes of a request: reused, asked, validated, waits or refused. */
    String ask(String methodAndTarget, String requestFields) {
        Visit visit = visit(methodAndTarget, requestFields);
        Step step = visit.next();
        visit.end();
        if (step instanceof Step.Ask ask) {
            return ask.question().isEmpty() ? "asked" : "validated";
        }
        return step instanceof Step.Serve ? "reused" : step instanceof Step.Wait ? "waits" : "refused";
    }

    /** What a request is answered from the cache. */
    Answer reuse(String methodAndTarget, String requestFields) {
        Step step = visit(methodAndTarget, requestFields).next();
        if (step instanceof Step.Serve serve) {
            return serve.answer();
        }
        throw new AssertionError(methodAndTarget + " was not answered from the cache: " + step);
    }

    static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
