package io.symphony.examples;

import io.symphony.scaling.Calm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the number of replicas follows, and how it is calmed where nobody says otherwise. */
enum PolicyKind {
    REQUESTS(Calming.NONE),
    RPS(Calming.OF_A_TABLE),
    CONCURRENCY(Calming.STANDARD),
    LATENCY(Calming.STANDARD),
    GAUGE(Calming.STANDARD),
    AUTO(Calming.STANDARD),
    SCHEDULE(Calming.NONE),
    FIXED(Calming.NONE);

    static final String EXPECTATION = "requests, rps, concurrency, latency, gauge, auto, schedule or fixed";

    private final Calming calming;

    PolicyKind(Calming calming) {
        this.calming = calming;
    }

    Calming calming() {
        return calming;
    }

    static Map<String, PolicyKind> byName() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), Function.identity()));
    }

    /** How much of the calm a kind has by itself. */
    enum Calming {
        /** The decision as it is. */
        NONE(0, Duration.ZERO),
        /** All but the dead band: its table says exactly when one more is due. */
        OF_A_TABLE(0, Calm.STANDARD.stabilisation()),
        /** All of it. */
        STANDARD(Calm.STANDARD.deadBand(), Calm.STANDARD.stabilisation());

        private final double deadBand;
        private final Duration stabilisation;

        Calming(double deadBand, Duration stabilisation) {
            this.deadBand = deadBand;
            this.stabilisation = stabilisation;
        }

        Calming calmer(Calming other) {
            return compareTo(other) > 0 ? this : other;
        }

        double deadBand() {
            return deadBand;
        }

        Duration stabilisation() {
            return stabilisation;
        }
    }
}
