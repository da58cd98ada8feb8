package io.symphony.examples.simulate;

import io.symphony.rehearsal.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Outcomes beside each other, one line each, in Markdown: it can be read as it is, and pasted where it is shown. */
public final class Table {
    private static final List<String> HEAD = List.of(
            "policy",
            "replicas, mean",
            "replicas, most",
            "waiting, most",
            "shed",
            "late or shed",
            "replica-seconds",
            "starts and stops");

    private Table() {}

    public static List<String> of(List<Act> acts) {
        List<List<String>> rows =
                Stream.concat(Stream.of(HEAD), acts.stream().map(Table::cells)).toList();
        List<Integer> widths = IntStream.range(0, HEAD.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = rows.stream().map(row -> line(row, widths)).toList();
        return Stream.of(lines.subList(0, 1), List.of(rule(widths)), lines.subList(1, lines.size()))
                .flatMap(List::stream)
                .toList();
    }

    /** The name to the left, the numbers to the right. */
    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> String.format("%" + (i == 0 ? -widths.get(i) : widths.get(i)) + "s", cells.get(i)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(List<Integer> widths) {
        return IntStream.range(0, widths.size())
                .mapToObj(i -> "-".repeat(widths.get(i) + 1) + (i == 0 ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|"));
    }

    private static List<String> cells(Act act) {
        Outcome outcome = act.outcome();
        return List.of(
                act.name(),
                number("%.1f", outcome.meanReplicas()),
                number("%d", outcome.mostReady()),
                number("%,d", outcome.mostWaiting()),
                number("%,d", outcome.shed()),
                number("%.2f %%", 100 * outcome.lateShare()),
                number("%,.0f", outcome.replicaSeconds()),
                number("%d", outcome.changes()));
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
