package io.symphony.examples;

import static io.symphony.examples.config.Parsers.oneOf;

import io.symphony.OnExit;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.fleet.Endpoint;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** Whether this program serves alone, or together with others on other hosts. */
final class TogetherSettings {
    /** How many of these programs serve one service. */
    enum Listeners {
        ONE,
        MANY
    }

    static final Setting<Listeners> LISTENERS = Setting.of(
                    "listeners", "one|many", oneOf(Map.of("one", Listeners.ONE, "many", Listeners.MANY), "one or many"))
            .fallback("one")
            .saying("many: any number of these programs balance over the service, on any hosts; one at a time decides");

    private TogetherSettings() {}

    /** Where the others reach us; empty where there are none. */
    static Optional<Endpoint> plan(Configuration values) {
        return isTogether(values)
                ? values.value(AdminSettings.ADMIN).map(at -> new Endpoint(at.getHostString(), at.getPort()))
                : Optional.empty();
    }

    /** What it takes to serve together. */
    static void check(ServiceChecks checks) {
        Configuration values = checks.values();
        if (!isTogether(values)) {
            return;
        }
        if (!DockerSettings.isOnSwarm(values)) {
            checks.refuse(LISTENERS, "one, or runtime swarm, whose managers keep who decides");
        }
        if (values.find(RunSettings.ON_EXIT).filter(OnExit.STOP::equals).isPresent()) {
            checks.refuse(RunSettings.ON_EXIT, "leave where listeners are many: the others serve on");
        }
        if (values.find(CountSettings.FROM)
                .filter(CountSettings.From.METRICS::equals)
                .isPresent()) {
            checks.refuse(CountSettings.FROM, "front where listeners are many, who count what comes in");
        }
        Optional<Optional<InetSocketAddress>> admin = values.find(AdminSettings.ADMIN);
        if (admin.filter(TogetherSettings::isUnreachable).isPresent()) {
            checks.refuse(AdminSettings.ADMIN, "one address by which the other listeners reach it");
        }
    }

    private static boolean isTogether(Configuration values) {
        return values.find(LISTENERS).filter(Listeners.MANY::equals).isPresent();
    }

    private static boolean isUnreachable(Optional<InetSocketAddress> admin) {
        if (admin.isEmpty()) {
            return true;
        }
        InetSocketAddress at =
                new InetSocketAddress(admin.get().getHostString(), admin.get().getPort());
        return !at.isUnresolved() && at.getAddress().isAnyLocalAddress(); // another fault is told by itself
    }
}
