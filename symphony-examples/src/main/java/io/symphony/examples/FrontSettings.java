package io.symphony.examples;

import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.MaintenanceSettings.MaintenancePlan;
import io.symphony.examples.NginxSettings.NginxPlan;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.examples.config.Sizes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where requests come in, and how they are shared out. */
final class FrontSettings {
    private static final String OFF = "off";
    private static final long LEAST_CACHE = 64 * 1024;
    private static final long MOST_CACHE = 1L << 40;

    static final Setting<InetSocketAddress> LISTEN = Setting.of("listen", "HOST:PORT", Parsers.address())
            .fallback("127.0.0.1:8080")
            .saying("Where clients come in");
    static final Setting<Integer> WORKERS = Setting.of("workers", "N", wholeNumber(1, 1024))
            .saying("Event loops of the listener (default: one for each core)");
    static final Setting<Balance> BALANCE = Setting.of("balance", "RULE", Balance::parse)
            .fallback("round-robin")
            .saying("Which replica takes a request: " + Balance.FORMS);
    static final Setting<Optional<Long>> CACHE = Setting.of("cache", "SIZE|off", cacheBytes())
            .fallback(OFF)
            .saying("Keep responses that may be kept, and answer GET from them (RFC 9111), in so much memory; or off");
    static final Setting<String> ACCESS_LOG = Setting.of(
                    "access-log", "FILE|-", Parsers.nonEmpty("a file, or - for the standard output"))
            .saying("Write down each request, in a file or on the standard output");
    static final Setting<AccessLogPlan.Format> ACCESS_LOG_FORMAT = Setting.of(
                    "access-log-format", "json|common", oneOf(AccessLogPlan.Format.byName(), "json or common"))
            .fallback("json")
            .saying("As lines of JSON or in the common log format");
    static final Setting<Boolean> REUSE_PORT = Setting.toggle("reuse-port")
            .saying("Let a successor listen on the same port before this program has ended, to restart it without a"
                    + " gap");
    static final Setting<ProxyKind> PROXY = Setting.of(
                    "proxy", "builtin|nginx", oneOf(ProxyKind.byName(), "builtin or nginx"))
            .fallback("builtin")
            .saying("What takes requests in: the listener in this program, or nginx");

    private FrontSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                LISTEN,
                WORKERS,
                BALANCE,
                CACHE,
                ACCESS_LOG,
                ACCESS_LOG_FORMAT,
                REUSE_PORT,
                MaintenanceSettings.PAGE,
                MaintenanceSettings.RETRY_AFTER,
                PROXY,
                NginxSettings.COMMAND);
    }

    private static Single<Optional<Long>> cacheBytes() {
        Single<Long> size = Sizes.between(LEAST_CACHE, MOST_CACHE);
        return text -> text.strip().equals(OFF) ? Optional.empty() : Optional.of(size.parse(text));
    }

    static FrontPlan plan(Configuration values) {
        return new FrontPlan(
                values.value(PROXY),
                values.value(LISTEN),
                values.find(WORKERS),
                values.value(BALANCE),
                values.value(CACHE),
                AccessLogPlan.of(values),
                values.value(REUSE_PORT),
                MaintenanceSettings.plan(values),
                ListenerPlan.of(values),
                NginxSettings.plan(values));
    }

    /** How requests come in and go on. */
    record FrontPlan(
            ProxyKind proxy,
            InetSocketAddress listen,
            Optional<Integer> workers,
            Balance balance,
            Optional<Long> cacheBytes,
            Optional<AccessLogPlan> accessLog,
            boolean sharesPort,
            MaintenancePlan maintenance,
            ListenerPlan listener,
            NginxPlan nginx) {}
}
