package io.symphony.examples;

import static io.symphony.examples.HealthSettings.FALL;
import static io.symphony.examples.HealthSettings.STRICT;
import static io.symphony.examples.ScalingSettings.MAX;
import static io.symphony.examples.ScalingSettings.MIN;
import static io.symphony.examples.SourceSettings.BACKENDS;
import static io.symphony.examples.SourceSettings.BASE_PORT;
import static io.symphony.examples.SourceSettings.IMAGE;
import static io.symphony.examples.SourceSettings.PROCESS;
import static io.symphony.examples.SourceSettings.RUNTIME;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.examples.config.Sizes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the settings of a service must hold to together; each by itself has been checked by then. */
record ServiceChecks(Configuration values, Problems problems) {

    /** What somebody else's pool has no use for. */
    private static final List<Setting<?>> OF_REPLICAS = Stream.of(
                    List.of(SourceSettings.ENV, BASE_PORT, RUNTIME, RunSettings.ON_EXIT),
                    ScalingSettings.all(),
                    RollOutSettings.all(),
                    CountSettings.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** Those that share one number, which is a different one for each. */
    private static final Set<PolicyKind> SHARING = Set.of(PolicyKind.RPS, PolicyKind.CONCURRENCY, PolicyKind.GAUGE);

    /** Whether it is said what runs. */
    void source() {
        List<Setting<?>> given = Stream.<Setting<?>>of(IMAGE, PROCESS, BACKENDS)
                .filter(values::isGiven)
                .toList();
        if (given.isEmpty()) {
            problems.add(
                    "--image, --process, --backends: none is given (expected: one of them, such as --image acts:1.4)");
        }
        given.stream()
                .skip(1)
                .forEach(
                        each -> refuse(each, "not together with " + given.get(0).key()));
        if (values.isGiven(BACKENDS)) {
            OF_REPLICAS.forEach(setting -> refuse(setting, "not together with backends, a fixed pool"));
        }
    }

    /** Whether what runs the replicas suits what they are made from. */
    void runtime() {
        boolean image = values.isGiven(IMAGE);
        if (!image) {
            DockerSettings.all().forEach(setting -> refuse(setting, "together with image"));
        }
        values.find(RUNTIME)
                .filter(kind -> image == (kind == SourceSettings.Kind.PROCESS))
                .ifPresent(kind -> refuse(RUNTIME, image ? "docker or swarm, for an image" : "process, for a command"));
        if (image) {
            new DockerChecks(this).all();
        }
    }

    void range() {
        int min = values.find(MIN).orElse(1);
        int max = values.find(MAX).orElse(Integer.MAX_VALUE);
        if (min > max) {
            problems.add(place(MIN) + ": " + min + " (expected: at most max, which is " + max + ")");
        }
        int lastPort = values.find(BASE_PORT).orElse(1) + (max == Integer.MAX_VALUE ? 0 : max) - 1;
        if (lastPort > 65_535) {
            problems.add(place(BASE_PORT) + ": " + values.value(BASE_PORT) + " (expected: at most " + (65_536 - max)
                    + ", so that " + max + " replicas find a port)");
        }
    }

    /** Whether what is followed can be followed. */
    void policy() {
        List<PolicyKind> kinds = values.find(PolicySettings.POLICIES).orElse(List.of());
        if (kinds.contains(PolicyKind.SCHEDULE)) {
            demand(PolicySettings.SCHEDULE, "hours, such as \"mon-fri 08:00-18:00=5\", for the policy schedule");
        }
        if (kinds.contains(PolicyKind.GAUGE)) {
            demand(PolicySettings.GAUGE, "a file, for the policy gauge");
            demand(PolicySettings.TARGET, "a replica's share of the gauge, for the policy gauge");
        }
        long sharing = kinds.stream().filter(SHARING::contains).distinct().count();
        if (sharing > 1) {
            refuse(
                    PolicySettings.TARGET,
                    "not together with several of rps, concurrency and gauge: whose share is it?");
        }
    }

    private void demand(Setting<?> setting, String expectation) {
        if (!values.isGiven(setting)) {
            problems.add("--" + setting.key() + ": none is given (expected: " + expectation + ")");
        }
    }

    void health() {
        if (values.find(STRICT).orElse(false)) {
            refuse(FALL, "not together with strict-health, where one failed check counts");
        }
    }

    void listener() {
        long head = values.find(LimitSettings.HEAD).orElse(Long.MAX_VALUE);
        values.find(LimitSettings.TARGET)
                .filter(target -> target > head)
                .ifPresent(target -> refuse(LimitSettings.TARGET, "at most limit-head, which is " + Sizes.text(head)));
    }

    /** Whether there is one certificate with its key, or none of it. */
    void tls() {
        boolean certificate = values.isGiven(TlsSettings.CERTIFICATE);
        boolean key = values.isGiven(TlsSettings.KEY);
        boolean store = values.isGiven(TlsSettings.PKCS12);
        if (certificate && !key) {
            refuse(TlsSettings.CERTIFICATE, "together with tls-key");
        }
        if (key && !certificate) {
            refuse(TlsSettings.KEY, "together with tls-cert");
        }
        if (store && (certificate || key)) {
            refuse(TlsSettings.PKCS12, "not together with tls-cert and tls-key");
        }
        if (!store) {
            refuse(TlsSettings.PASSWORD, "together with tls-pkcs12");
        }
    }

    /** Whoever reaches the admin listener may order. */
    void admin() {
        Optional<Optional<InetSocketAddress>> at = values.find(AdminSettings.ADMIN);
        if (at.isPresent() && AdminSettings.plan(values).isOpenToAll()) {
            problems.add(place(AdminSettings.ADMIN) + ": other machines can reach it (expected: a token too, in "
                    + AdminSettings.ADMIN_TOKEN.variable() + ", or 127.0.0.1)");
        }
    }

    void refuse(Setting<?> setting, String expectation) {
        values.explicit(setting).ifPresent(given -> problems.add(given.problem(expectation)));
    }

    private String place(Setting<?> setting) {
        return values.explicit(setting).map(Given::place).orElse(setting.key());
    }
}
