package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the settings of what takes requests in, and of where they are counted, must hold to together. */
record FrontChecks(ServiceChecks checks) {

    private static final Set<PolicyKind> BY_REQUESTS = EnumSet.of(PolicyKind.REQUESTS, PolicyKind.RPS);
    private static final Set<PolicyKind> INSIDE =
            EnumSet.of(PolicyKind.CONCURRENCY, PolicyKind.LATENCY, PolicyKind.AUTO);
    private static final List<Setting<?>> OF_THE_LISTENER = Stream.of(
                    List.of(
                            FrontSettings.CACHE,
                            FrontSettings.ACCESS_LOG,
                            FrontSettings.REUSE_PORT,
                            MaintenanceSettings.PAGE,
                            MaintenanceSettings.RETRY_AFTER,
                            HealthSettings.FAIL_STATUS),
                    TlsSettings.all(),
                    HeaderSettings.all(),
                    ClientSettings.all(),
                    TimeoutSettings.all(),
                    LimitSettings.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    void all() {
        front();
        count();
    }

    private void front() {
        boolean nginx = values().find(FrontSettings.PROXY).orElse(ProxyKind.BUILTIN) == ProxyKind.NGINX;
        if (!nginx) {
            List.of(NginxSettings.COMMAND, NginxSettings.UPSTREAM, NginxSettings.STATUS, NginxSettings.PID)
                    .forEach(setting -> checks.refuse(setting, "only with proxy nginx"));
            if (values().find(FrontSettings.BALANCE)
                    .flatMap(Balance::hashedHeader)
                    .isPresent()) {
                checks.refuse(ClientSettings.AFFINITY, "not together with balance hash:HEADER");
            }
            return;
        }
        OF_THE_LISTENER.forEach(setting -> checks.refuse(setting, "not together with proxy nginx"));
        if (values().find(PolicySettings.POLICIES).orElse(List.of()).stream().anyMatch(INSIDE::contains)) {
            checks.refuse(
                    PolicySettings.POLICIES, "no concurrency, latency or auto with proxy nginx, where we see neither");
        }
        if (values().find(FrontSettings.BALANCE)
                .filter(rule -> rule.inNginx().isEmpty())
                .isPresent()) {
            checks.refuse(
                    FrontSettings.BALANCE,
                    "round-robin, least-connections, two-choices or hash:HEADER with proxy nginx");
        }
        if (values().find(HealthSettings.FAIL_TIMEOUT)
                .filter(time -> time.toSeconds() < 1)
                .isPresent()) {
            checks.refuse(HealthSettings.FAIL_TIMEOUT, "1s or more with proxy nginx, which counts in seconds");
        }
        if (values().isGiven(NginxSettings.UPSTREAM)) {
            List.of(FrontSettings.LISTEN, FrontSettings.WORKERS)
                    .forEach(setting ->
                            checks.refuse(setting, "not together with nginx-upstream: your nginx.conf says it"));
        } else {
            List.of(NginxSettings.STATUS, NginxSettings.PID)
                    .forEach(setting -> checks.refuse(setting, "only together with nginx-upstream"));
        }
    }

    /** A policy that goes by the requests must not be left without a count of them: that would look like no traffic. */
    private void count() {
        boolean metrics =
                values().find(CountSettings.FROM).orElse(CountSettings.From.FRONT) == CountSettings.From.METRICS;
        if (!metrics) {
            List.of(CountSettings.PATH, CountSettings.COUNTER)
                    .forEach(setting -> checks.refuse(setting, "only with count-from metrics"));
        } else if (!values().isGiven(CountSettings.COUNTER)) {
            checks.problems()
                    .add("--metrics-counter: not given (expected with count-from metrics, such as"
                            + " http_requests_total)");
        }
        boolean uncounted =
                values().isGiven(NginxSettings.UPSTREAM) && !values().isGiven(NginxSettings.STATUS) && !metrics;
        boolean scaled = !values().isGiven(SourceSettings.BACKENDS)
                && values().find(PolicySettings.POLICIES).orElse(List.of()).stream()
                        .anyMatch(BY_REQUESTS::contains);
        if (uncounted && scaled) {
            checks.problems()
                    .add("--nginx-status: not given (expected: nginx's stub_status page, to count requests by; or"
                            + " --count-from metrics, or --policy fixed)");
        }
    }

    private Configuration values() {
        return checks.values();
    }
}
