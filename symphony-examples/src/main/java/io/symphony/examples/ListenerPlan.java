package io.symphony.examples;

import io.symphony.examples.ClientSettings.ClientPlan;
import io.symphony.examples.HeaderSettings.RetryPlan;
import io.symphony.examples.config.Configuration;
import io.symphony.proxy.HeaderPolicy;
import io.symphony.proxy.Limits;
import io.symphony.proxy.ListenerBuilder;
import io.symphony.proxy.Timeouts;
import io.symphony.proxy.Tls;
import java.util.Optional;

/** What the listener holds its clients and its replicas to. */
record ListenerPlan(
        Limits limits,
        Timeouts timeouts,
        HeaderPolicy headers,
        RetryPlan retries,
        Optional<Tls> tls,
        ClientPlan clients,
        int mostInside,
        int mostWaiting) {

    static ListenerPlan of(Configuration values) {
        return new ListenerPlan(
                LimitSettings.plan(values),
                TimeoutSettings.plan(values),
                HeaderSettings.plan(values),
                HeaderSettings.retries(values),
                TlsSettings.plan(values),
                ClientSettings.plan(values),
                values.value(LimitSettings.CONCURRENCY),
                values.value(LimitSettings.WAITING));
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    void describe(ListenerBuilder builder) {
        builder.limits(limits).timeouts(timeouts).headers(headers).retries(retries.percent(), retries.floor());
        tls.ifPresent(builder::tls);
        clients.describe(builder);
    }
}
