package io.symphony.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of Prometheus' text format: whatever Prometheus, promtool or OpenMetrics frowns at is an error, with
 * its line.
 *
 * <pre>{@code
 * PrometheusText page = PrometheusText.parse(text);
 * assertThat(page.family("symphony_replicas").samples()).hasSize(6);
 * }</pre>
 */
public final class PrometheusText {

    private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.+)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("(" + NAME + ")=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,(?=.)|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private Optional<String> help = Optional.empty();
    private Optional<Family> open = Optional.empty();

    /** All samples under one name, and for a histogram those of its parts. */
    public record Family(String name, String type, String help, List<Sample> samples) {}

    public record Sample(String name, Map<String, String> labels, double value) {}

    private PrometheusText() {}

    public static PrometheusText parse(String text) {
        require(text.endsWith("\n"), "the last line has no end");
        PrometheusText page = new PrometheusText();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            try {
                page.take(lines[i]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ", " + lines[i] + ": " + e.getMessage(), e);
            }
        }
        page.families.values().forEach(PrometheusText::check);
        return page;
    }

    public Family family(String name) {
        Family family = families.get(name);
        require(family != null, name + ": no such family (expected: one of " + families.keySet() + ")");
        return family;
    }

    public List<Sample> samples() {
        return families.values().stream()
                .flatMap(family -> family.samples().stream())
                .toList();
    }

    private void take(String line) {
        if (line.startsWith("#")) {
            comment(matched(COMMENT, line, "# HELP NAME TEXT or # TYPE NAME TYPE"));
        } else {
            sample(matched(SAMPLE, line, "NAME{LABEL=\"VALUE\",...} NUMBER"));
        }
    }

    private void comment(Matcher parts) {
        String name = parts.group(2);
        require(!families.containsKey(name), "its family has begun before");
        if (parts.group(1).equals("HELP")) {
            require(help.isEmpty(), "two HELP in a row");
            help = Optional.of(name + " " + parts.group(3));
            return;
        }
        String told = help.orElse("");
        help = Optional.empty();
        require(told.startsWith(name + " "), "no HELP right before it");
        require(TYPES.contains(parts.group(3)), "expected: one of " + TYPES);
        Family family = new Family(name, parts.group(3), told.substring(name.length() + 1), new ArrayList<>());
        families.put(name, family);
        open = Optional.of(family);
    }

    private void sample(Matcher parts) {
        require(help.isEmpty(), "a sample between HELP and TYPE");
        Family family = open.orElseThrow(() -> new IllegalArgumentException("a sample without a family"));
        String part = parts.group(1).startsWith(family.name())
                ? parts.group(1).substring(family.name().length())
                : "other";
        Set<String> allowed = family.type().equals("histogram") ? Set.of("_bucket", "_sum", "_count") : Set.of("");
        require(allowed.contains(part), "it is not of the family " + family.name());
        Map<String, String> labels = labels(parts.group(2));
        require(labels.containsKey("le") == part.equals("_bucket"), "le belongs to buckets, and to them alone");
        family.samples().add(new Sample(parts.group(1), labels, number(parts.group(3))));
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int at = 0;
        while (text != null && at < text.length()) {
            require(label.find(at) && label.start() == at, "labels: " + text.substring(at));
            require(!label.group(1).startsWith("__"), label.group(1) + ": reserved");
            require(labels.put(label.group(1), unescaped(label.group(2))) == null, label.group(1) + ": twice");
            at = label.end();
        }
        return labels;
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)")
                .matcher(text)
                .replaceAll(found -> found.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(found.group(1)));
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static void check(Family family) {
        Set<String> seen = new HashSet<>();
        family.samples().forEach(each -> require(seen.add(each.name() + each.labels()), each + ": twice"));
        if (!family.type().equals("gauge")) {
            family.samples().forEach(each -> require(each.value() >= 0, each + ": below 0"));
        }
        require(
                family.name().endsWith("_total") == family.type().equals("counter"),
                family.name() + ": _total belongs to counters, and to them alone");
        if (family.type().equals("histogram")) {
            histograms(family).forEach(PrometheusText::checkHistogram);
        }
    }

    /** The samples of each histogram, by the labels that its parts share. */
    private static Map<Map<String, String>, List<Sample>> histograms(Family family) {
        Map<Map<String, String>, List<Sample>> all = new LinkedHashMap<>();
        for (Sample each : family.samples()) {
            Map<String, String> shared = new TreeMap<>(each.labels());
            shared.remove("le");
            all.computeIfAbsent(shared, unused -> new ArrayList<>()).add(each);
        }
        return all;
    }

    private static void checkHistogram(Map<String, String> labels, List<Sample> parts) {
        double lastBound = Double.NEGATIVE_INFINITY;
        double lastCount = 0;
        for (Sample each : parts.subList(0, Math.max(0, parts.size() - 2))) {
            double bound = number(each.labels().getOrDefault("le", "NaN"));
            require(bound > lastBound, each + ": buckets rise in their bounds");
            require(each.value() >= lastCount, each + ": buckets count what is below their bound, so they rise");
            lastBound = bound;
            lastCount = each.value();
        }
        require(lastBound == Double.POSITIVE_INFINITY, labels + ": no bucket +Inf at the end");
        require(parts.get(parts.size() - 2).name().endsWith("_sum"), labels + ": no _sum after the buckets");
        require(parts.get(parts.size() - 1).name().endsWith("_count"), labels + ": no _count after _sum");
        require(parts.get(parts.size() - 1).value() == lastCount, labels + ": _count is not the bucket +Inf");
    }

    private static Matcher matched(Pattern form, String line, String expectation) {
        Matcher matcher = form.matcher(line);
        require(matcher.matches(), "expected: " + expectation);
        return matcher;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
