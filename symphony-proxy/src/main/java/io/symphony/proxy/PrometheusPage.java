package io.symphony.proxy;

import io.symphony.proxy.PrometheusLine.Malformed;
import java.util.OptionalDouble;

/** A page in Prometheus' text format. A page that is malformed anywhere is not believed at all. */
record PrometheusPage(String text) {

    private static final int MOST_SHOWN = 80;

    /** What all series of a counter come to; empty where there is none of them. */
    OptionalDouble sum(CounterName counter) {
        OptionalDouble sum = OptionalDouble.empty();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (line.startsWith("#")) {
                requireCounter(line, counter);
            } else if (!line.isBlank()) {
                PrometheusLine sample = sample(line, i + 1);
                if (counter.matches(sample)) {
                    sum = OptionalDouble.of(sum.orElse(0) + count(sample, i + 1));
                }
            }
        }
        return sum;
    }

    /** What falls by itself is no counter, and each fall would look like a restart. */
    private static void requireCounter(String comment, CounterName counter) {
        String[] words = comment.split("[ \t]+", 5);
        if (words.length >= 4
                && words[1].equals("TYPE")
                && words[2].equals(counter.name())
                && words[3].equals("gauge")) {
            throw new IllegalStateException(counter.name() + " is a gauge (expected: a counter)");
        }
    }

    private static PrometheusLine sample(String line, int number) {
        try {
            return PrometheusLine.sample(line);
        } catch (Malformed e) {
            throw new IllegalStateException(
                    "line " + number + " is not Prometheus' text format, " + e.getMessage() + ": "
                            + line.substring(0, Math.min(MOST_SHOWN, line.length())),
                    e);
        }
    }

    private static double count(PrometheusLine sample, int number) {
        if (!(sample.value() >= 0) || Double.isInfinite(sample.value())) {
            throw new IllegalStateException(
                    "line " + number + ": " + sample.name() + " is " + sample.value() + " (expected: a count)");
        }
        return sample.value();
    }
}
