package io.symphony.examples;

import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Setting;
import io.symphony.examples.config.Sizes;
import io.symphony.proxy.Limits;
import java.util.List;

/** How much a client or a replica may ask of the listener. */
final class LimitSettings {
    private static final String NONE = "none";
    private static final long LARGEST_HEAD = 60 * 1024;

    static final Setting<Long> HEAD = Setting.of("limit-head", "SIZE", Sizes.between(256, LARGEST_HEAD))
            .fallback("32k")
            .saying("The largest head of a request (431) or a response (502)");
    static final Setting<Integer> FIELDS = Setting.of("limit-fields", "N", wholeNumber(1, 10_000))
            .fallback("128")
            .saying("The most fields in a head (431, 502)");
    static final Setting<Long> TARGET = Setting.of("limit-target", "SIZE", Sizes.between(1, LARGEST_HEAD))
            .saying("The longest path and query (414; default: 8k, or limit-head where that is less)");
    static final Setting<Long> BODY = Setting.of("limit-body", "SIZE", bodyBytes())
            .fallback(NONE)
            .saying("The largest request body (413), or none");
    static final Setting<Long> TRAILERS = Setting.of("limit-trailers", "SIZE", Sizes.between(2, LARGEST_HEAD))
            .fallback("8k")
            .saying("The largest trailer section of a chunked body (431, 502)");
    static final Setting<Integer> BODY_RATE = Setting.of("limit-body-rate", "N", wholeNumber(0, 1_000_000_000))
            .fallback("240")
            .saying("The fewest bytes a second of a request body, after ten seconds (408)");
    static final Setting<Integer> CONNECTIONS = Setting.of("limit-connections", "N", wholeNumber(1, Integer.MAX_VALUE))
            .fallback("10000")
            .saying("The most client connections at once (503)");
    static final Setting<Integer> IDLE = Setting.of("limit-idle", "N", wholeNumber(0, 65_536))
            .fallback("256")
            .saying("The most idle connections that one event loop keeps to one replica");
    static final Setting<Integer> CONCURRENCY = Setting.of("max-concurrency", "N", LimitSettings::concurrency)
            .fallback(NONE)
            .saying("The most requests inside a replica at once; more wait for their turn; or none");
    static final Setting<Integer> WAITING = Setting.of("limit-waiting", "N", wholeNumber(0, 1_000_000))
            .fallback("1000")
            .saying("The most requests that wait for a replica (503)");

    private LimitSettings() {}

    static List<Setting<?>> all() {
        return List.of(HEAD, FIELDS, TARGET, BODY, TRAILERS, BODY_RATE, CONNECTIONS, IDLE, CONCURRENCY, WAITING);
    }

    static Limits plan(Configuration values) {
        int head = Math.toIntExact(values.value(HEAD));
        return new Limits(
                head,
                values.value(FIELDS),
                Math.toIntExact(values.find(TARGET)
                        .orElse((long) Math.min(Limits.defaults().targetBytes(), head))),
                values.value(BODY),
                Math.toIntExact(values.value(TRAILERS)),
                values.value(BODY_RATE),
                values.value(CONNECTIONS),
                values.value(IDLE));
    }

    private static int concurrency(String text) throws Unexpected {
        return text.strip().equals(NONE)
                ? Integer.MAX_VALUE
                : wholeNumber(1, 1_000_000).parse(text);
    }

    private static Single<Long> bodyBytes() {
        Single<Long> size = Sizes.between(0, 1L << 50);
        return text -> text.strip().equals(NONE) ? Long.MAX_VALUE : size.parse(text);
    }
}
