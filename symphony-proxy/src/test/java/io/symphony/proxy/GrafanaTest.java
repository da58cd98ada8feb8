package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.symphony.testing.PrometheusText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metric, label and value that docs/grafana asks for is one that we export. */
class GrafanaTest {

    private static final Path FOLDER = Path.of("../docs/grafana");
    private static final Pattern IN_DASHBOARD = Pattern.compile("\"(?:expr|query)\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern IN_ALERTS = Pattern.compile("expr: (?:>-)?(.*?)\\n +(?:for|labels):", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Pattern SELECTION = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

    private static final Set<String> OF_PROMETHEUS = Set.of(
            "instance",
            "sum",
            "by",
            "without",
            "and",
            "rate",
            "increase",
            "histogram_quantile",
            "absent",
            "label_values",
            "prometheus");

    private static PrometheusText page;
    private static final Set<String> KNOWN = new HashSet<>(OF_PROMETHEUS);

    @BeforeAll
    static void read() throws Exception {
        page = MetricsPage.read(new SimpleMeterRegistry());
        page.samples().forEach(sample -> {
            KNOWN.add(sample.name());
            KNOWN.addAll(sample.labels().keySet());
        });
    }

    static Stream<String> questions() throws IOException {
        return Stream.concat(
                IN_DASHBOARD
                        .matcher(Files.readString(FOLDER.resolve("dashboard.json")))
                        .results()
                        .map(found -> found.group(1).replace("\\\"", "\"")),
                IN_ALERTS
                        .matcher(Files.readString(FOLDER.resolve("alerts.yaml")))
                        .results()
                        .map(found -> found.group(1).strip()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void isAnswered(String question) {
        String names = question.replaceAll("\"[^\"]*\"|\\[[^]]*]", " ");
        assertThat(WORD.matcher(names).results().map(MatchResult::group)).isSubsetOf(KNOWN);

        SELECTION
                .matcher(question)
                .results()
                .filter(each -> each.group(2).startsWith("=") && !each.group(3).startsWith("$"))
                .forEach(each -> Stream.of(each.group(3).split("\\|", -1))
                        .forEach(value -> assertThat(page.samples())
                                .as(each.group(1) + "=" + value)
                                .anyMatch(sample -> value.equals(sample.labels().get(each.group(1))))));
    }
}
