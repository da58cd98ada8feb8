package io.symphony.examples;

import static io.symphony.examples.HealthSettings.FALL;
import static io.symphony.examples.HealthSettings.STRICT;
import static io.symphony.examples.ScalingSettings.MAX;
import static io.symphony.examples.ScalingSettings.MIN;
import static io.symphony.examples.SourceSettings.BACKENDS;
import static io.symphony.examples.SourceSettings.BASE_PORT;
import static io.symphony.examples.SourceSettings.PROCESS;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.util.List;

/** What the settings of a service must hold to together; each by itself has been checked by then. */
record ServiceChecks(Configuration values, Problems problems) {
    private static final List<Setting<?>> OF_REPLICAS = List.of(
            SourceSettings.ENV,
            BASE_PORT,
            MIN,
            MAX,
            ScalingSettings.POLICY,
            ScalingSettings.BASE_SCALE_COUNT,
            ScalingSettings.WINDOW,
            ScalingSettings.TARGET,
            RunSettings.ON_EXIT);

    /** Whether it is said what runs. */
    void source() {
        boolean process = values.isGiven(PROCESS);
        boolean backends = values.isGiven(BACKENDS);
        if (!process && !backends && !values.isGiven(SourceSettings.IMAGE)) {
            problems.add(
                    "--process, --backends: none is given (expected: one of them, such as --process \"java -jar acts.jar\")");
        }
        if (process) {
            refuse(BACKENDS, "not together with process");
        }
        if (backends) {
            OF_REPLICAS.forEach(setting -> refuse(setting, "not together with backends, a fixed pool"));
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

    void health() {
        if (values.find(STRICT).orElse(false)) {
            refuse(FALL, "not together with strict-health, where one failed check counts");
        }
    }

    private void refuse(Setting<?> setting, String expectation) {
        values.explicit(setting).ifPresent(given -> problems.add(given.problem(expectation)));
    }

    private String place(Setting<?> setting) {
        return values.explicit(setting).map(Given::place).orElse(setting.key());
    }
}
