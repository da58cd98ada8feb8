package io.symphony.examples;

import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.HeaderPolicy;
import io.symphony.proxy.HeaderPolicy.Claims;
import io.symphony.proxy.HeaderPolicy.RequestIds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the listener adds to a request on its way, and when it sends one again. */
final class HeaderSettings {
    private static final String OFF = "off";
    private static final String NONE = "none";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";

    static final Setting<String> VIA = Setting.of(
                    "via",
                    "NAME|off",
                    Parsers.text().when(text -> text.matches(TOKEN), "a name without blanks of at most 64, or off"))
            .fallback("symphony")
            .saying("The name in Via, both ways");
    static final Setting<Boolean> X_FORWARDED =
            Setting.toggle("x-forwarded").fallback("true").saying("Add X-Forwarded-For, -Proto and -Host");
    static final Setting<Boolean> FORWARDED = Setting.toggle("forwarded").saying("Add Forwarded (RFC 7239)");
    static final Setting<Boolean> TRUST = Setting.toggle("trust-forwarded")
            .saying("Keep what a client says of that: only where nobody but a proxy of yours can connect");
    static final Setting<RequestIds> REQUEST_ID = Setting.of(
                    "request-id",
                    "pass|keep|make",
                    oneOf(
                            Map.of(
                                    "pass", RequestIds.PASSED,
                                    "keep", RequestIds.KEPT_OR_MADE,
                                    "make", RequestIds.MADE),
                            "pass, keep or make"))
            .fallback("pass")
            .saying("X-Request-Id: as it came, as it came or a new one, or always a new one");
    static final Setting<Set<String>> UPGRADE = Setting.of("upgrade", "NAME,...|none", protocols())
            .fallback("websocket")
            .saying("The protocols that clients may upgrade to");
    static final Setting<Boolean> RETRIES =
            Setting.toggle("retries").fallback("true").saying("Send a request again where that is safe");
    static final Setting<Integer> RETRY_PERCENT = Setting.of("retry-percent", "N", wholeNumber(0, 100))
            .fallback("20")
            .saying("Of the requests of the last seconds, how many may be repeated");
    static final Setting<Integer> RETRY_FLOOR = Setting.of("retry-floor", "N", wholeNumber(0, 1_000_000))
            .fallback("10")
            .saying("And how many besides, in each event loop");

    private HeaderSettings() {}

    static List<Setting<?>> all() {
        return List.of(VIA, X_FORWARDED, FORWARDED, TRUST, REQUEST_ID, UPGRADE, RETRIES, RETRY_PERCENT, RETRY_FLOOR);
    }

    static HeaderPolicy plan(Configuration values) {
        String via = values.value(VIA);
        return new HeaderPolicy(
                via.equals(OFF) ? "" : via,
                values.value(X_FORWARDED),
                values.value(FORWARDED),
                values.value(TRUST) ? Claims.TRUSTED : Claims.DROPPED,
                values.value(REQUEST_ID),
                values.value(UPGRADE));
    }

    static RetryPlan retries(Configuration values) {
        return values.value(RETRIES)
                ? new RetryPlan(values.value(RETRY_PERCENT), values.value(RETRY_FLOOR))
                : new RetryPlan(0, 0);
    }

    private static Single<Set<String>> protocols() {
        String expectation = "names such as websocket, between commas, or none";
        return Parsers.text()
                .when(text -> text.matches(TOKEN + "(\\s*,\\s*" + TOKEN + ")*"), expectation)
                .to(text -> text.equals(NONE)
                        ? Set.of()
                        : Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                                .map(String::strip)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /** How many requests may be sent again: a share of the recent ones, and some besides. */
    record RetryPlan(int percent, int floor) {}
}
