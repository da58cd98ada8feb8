package io.symphony.examples;

import io.symphony.Status;
import io.symphony.Status.ReplicaStatus;
import io.symphony.Status.Requests;
import io.symphony.examples.Terminal.Colour;
import io.symphony.fleet.Phase;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A service in a few lines: how much traffic, how many replicas and why, and each of them. */
record LivePicture(Terminal terminal, Letters letters) {
    private static final int MOST_REPLICAS = 12;
    private static final Map<Phase, Colour> COLOURS = Map.of(
            Phase.STARTING, Colour.CYAN,
            Phase.WARMING, Colour.CYAN,
            Phase.READY, Colour.GREEN,
            Phase.SUSPECT, Colour.RED,
            Phase.DRAINING, Colour.YELLOW,
            Phase.STOPPING, Colour.FAINT);

    LivePicture(Terminal terminal) {
        this(terminal, Letters.ofProcess());
    }

    List<String> of(Status now, List<Long> rates) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(headline(now, rates));
        lines.add(terminal.in(Colour.FAINT, requests(now.requests(), now.waiting())));
        now.replicas().stream().limit(MOST_REPLICAS).map(this::replica).forEach(lines::add);
        if (now.replicas().size() > MOST_REPLICAS) {
            lines.add("  and " + (now.replicas().size() - MOST_REPLICAS) + " more");
        }
        lines.add(terminal.in(Colour.FAINT, "  why " + now.target() + ": " + now.reason()));
        return lines;
    }

    private String headline(Status now, List<Long> rates) {
        String ready = now.ready() + " of " + now.target() + " ready";
        return terminal.in(Colour.BOLD, now.service()) + "  "
                + terminal.in(now.ready() < now.target() ? Colour.YELLOW : Colour.GREEN, ready) + "  "
                + terminal.in(Colour.BOLD, grouped(now.rps())) + " requests a second  "
                + terminal.in(Colour.CYAN, letters.chart(rates));
    }

    private static String requests(Requests all, int waiting) {
        return "  " + grouped(all.completed()) + " completed, " + grouped(all.failed()) + " failed, "
                + grouped(all.shed()) + " turned away, " + grouped(all.abandoned()) + " given up; "
                + (all.open() - waiting) + " inside, " + waiting + " waiting";
    }

    private String replica(ReplicaStatus replica) {
        String phase = String.format(Locale.ROOT, "%-8s", replica.phase().name().toLowerCase(Locale.ROOT));
        return String.format(
                Locale.ROOT,
                "  %-16s %s  %-21s %4d inside %12s requests %6s failed  %7s",
                replica.id(),
                terminal.in(COLOURS.getOrDefault(replica.phase(), Colour.FAINT), phase),
                replica.endpoint().map(Object::toString).orElse("-"),
                replica.inFlight(),
                grouped(replica.requests()),
                grouped(replica.failures()),
                age(replica.since()));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 42s}, {@code 3m12s}, {@code 5h03m}. */
    static String age(Duration since) {
        long seconds = since.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }

    /** The signs that a chart is drawn with, from nothing to the most. */
    enum Letters {
        BLOCKS("▁▂▃▄▅▆▇█"),
        ASCII("_.-=*#");

        private final String signs;

        Letters(String signs) {
            this.signs = signs;
        }

        static Letters ofProcess() {
            String charset = System.getProperty(
                    "stdout.encoding", Charset.defaultCharset().name());
            return charset.toUpperCase(Locale.ROOT).startsWith("UTF") ? BLOCKS : ASCII;
        }

        String chart(List<Long> values) {
            long most = values.isEmpty() ? 1 : Math.max(1, Collections.max(values));
            return values.stream()
                    .map(value -> String.valueOf(signs.charAt((int) (value * (signs.length() - 1) / most))))
                    .collect(Collectors.joining());
        }
    }
}
