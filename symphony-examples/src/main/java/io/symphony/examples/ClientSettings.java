package io.symphony.examples;

import static io.symphony.examples.config.Parsers.accepted;
import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.examples.config.Sizes;
import io.symphony.proxy.IdempotencyKeys;
import io.symphony.proxy.ListenerBuilder;
import io.symphony.proxy.RateLimit;
import io.symphony.proxy.SessionAffinity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of a client: where its session is at home, how much it has sent, and what it was answered. */
final class ClientSettings {
    private static final String HEADER = "header:";
    private static final int MANY = 100_000_000;

    static final Setting<SessionAffinity> AFFINITY = Setting.of("affinity", "cookie|header:NAME", affinity())
            .saying("Keep a session at its replica: by a cookie of ours, or by a header's value");
    static final Setting<Integer> AFFINITY_SESSIONS = Setting.of("affinity-sessions", "N", wholeNumber(1, MANY))
            .fallback("100000")
            .saying("By a header: the most sessions that are remembered");
    static final Setting<Duration> AFFINITY_IDLE = Setting.of("affinity-idle", "D", durationOf(Duration.ofSeconds(1)))
            .fallback("30m")
            .saying("By a header: how long a session without requests is remembered");
    static final Setting<RateLimit> RATE = Setting.of("rate-limit", "N/D", ClientSettings::rate)
            .saying("The most requests of one client, such as 100/1s (429); N of them at once");
    static final Setting<Integer> RATE_BURST =
            Setting.of("rate-burst", "N", wholeNumber(1, MANY)).saying("How many at once instead, after a rest");
    static final Setting<Optional<String>> RATE_BY = Setting.of("rate-by", "address|header:NAME", clients())
            .fallback("address")
            .saying("What tells clients apart: their address, or a header's value");
    static final Setting<Integer> RATE_CLIENTS = Setting.of("rate-clients", "N", wholeNumber(1, MANY))
            .fallback("100000")
            .saying("The most clients that are remembered");

    static final Setting<Optional<IdempotencyKeys>> KEYS = Setting.of(
                    "idempotency-keys",
                    "off|optional|required",
                    oneOf(
                            Map.of(
                                    "off", Optional.<IdempotencyKeys>empty(),
                                    "optional", Optional.of(IdempotencyKeys.optional()),
                                    "required", Optional.of(IdempotencyKeys.mandatory())),
                            "off, optional or required"))
            .fallback("off")
            .saying("Answer a repeated POST or PATCH with the same Idempotency-Key as the first one was answered");
    static final Setting<Duration> KEYS_KEPT = Setting.of("idempotency-kept", "D", durationOf(Duration.ofSeconds(1)))
            .fallback("24h")
            .saying("How long an answer is kept");
    static final Setting<Long> KEYS_ANSWER = Setting.of("idempotency-answer", "SIZE", Sizes.between(0, 65_536))
            .fallback("64k")
            .saying("The largest answer that is kept");
    static final Setting<Long> KEYS_MEMORY = Setting.of("idempotency-memory", "SIZE", Sizes.between(512, 1L << 40))
            .fallback("64m")
            .saying("The most that all kept answers may take up");

    private ClientSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                AFFINITY,
                AFFINITY_SESSIONS,
                AFFINITY_IDLE,
                RATE,
                RATE_BURST,
                RATE_BY,
                RATE_CLIENTS,
                KEYS,
                KEYS_KEPT,
                KEYS_ANSWER,
                KEYS_MEMORY);
    }

    static ClientPlan plan(Configuration values) {
        Optional<SessionAffinity> affinity = values.find(AFFINITY)
                .map(sessions -> sessions.withMostSessions(values.value(AFFINITY_SESSIONS))
                        .withIdle(values.value(AFFINITY_IDLE)));
        return new ClientPlan(
                affinity,
                values.find(RATE).map(limit -> limit(limit, values)),
                values.value(KEYS).map(keys -> keys(keys, values)));
    }

    private static IdempotencyKeys keys(IdempotencyKeys keys, Configuration values) {
        return keys.withKept(values.value(KEYS_KEPT))
                .withMostAnswerBytes(Math.toIntExact(values.value(KEYS_ANSWER)))
                .withMostBytes(values.value(KEYS_MEMORY));
    }

    private static RateLimit limit(RateLimit plain, Configuration values) {
        RateLimit limit = plain.withMostClients(values.value(RATE_CLIENTS))
                .withBurst(values.find(RATE_BURST).orElse(plain.burst()));
        return values.value(RATE_BY).map(limit::withHeader).orElse(limit);
    }

    private static Single<SessionAffinity> affinity() {
        return text -> text.strip().equals("cookie")
                ? SessionAffinity.cookie()
                : SessionAffinity.header(header("cookie, or header: and a name, such as header:X-Session")
                        .parse(text));
    }

    private static Single<Optional<String>> clients() {
        return text -> text.strip().equals("address")
                ? Optional.empty()
                : Optional.of(header("address, or header: and a name, such as header:X-Api-Key")
                        .parse(text));
    }

    /** The name of a header, which the library has to take. */
    private static Single<String> header(String expectation) {
        Single<String> name = Parsers.text()
                .when(text -> text.startsWith(HEADER), expectation)
                .to(text -> text.substring(HEADER.length()));
        return accepted(name, SessionAffinity::header, expectation);
    }

    private static RateLimit rate(String text) throws Unexpected {
        String expectation = "a number and a time of at most a day, such as 100/1s or 6000/1h";
        String[] parts = text.strip().split("/", -1);
        if (parts.length != 2) {
            throw new Unexpected(expectation);
        }
        int requests = wholeNumber(1, MANY).parse(parts[0]);
        return accepted(Parsers.duration(), per -> RateLimit.of(requests, per), expectation)
                .to(per -> RateLimit.of(requests, per))
                .parse(parts[1]);
    }

    /** What the listener is to remember. */
    record ClientPlan(Optional<SessionAffinity> affinity, Optional<RateLimit> rate, Optional<IdempotencyKeys> keys) {

        void describe(ListenerBuilder builder) {
            affinity.ifPresent(builder::affinity);
            rate.ifPresent(builder::rateLimit);
            keys.ifPresent(builder::idempotencyKeys);
        }
    }
}
