package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SimulateCommandTest {
    private final Printed printed = new Printed();

    @TempDir
    private Path folder;

    private Path trace;

    /** A minute of 40 requests a second, and one of 400. */
    @BeforeEach
    void writeTrace() throws Exception {
        StringBuilder lines = new StringBuilder("second,requests\n");
        for (int second = 0; second < 120; second++) {
            lines.append(second).append(',').append(second < 60 ? 40 : 400).append('\n');
        }
        trace = Files.writeString(folder.resolve("two <minutes>.csv"), lines);
    }

    private int simulate(String... words) throws InterruptedException {
        Program program = new Program(List.of(new SimulateCommand()), Map.of(), printed.terminal());
        return program.run(words);
    }

    @Test
    void policiesStandBesideEachOther() throws Exception {
        int code = simulate("--trace", trace.toString(), "--policy", "requests=2400,rps=100,fixed=3,auto");

        assertThat(code).as(printed.err()).isZero();
        assertThat(printed.out().lines())
                .startsWith(
                        "two <minutes>.csv: 26400 requests in 120 s; a replica carries 160 a second (8 at a time, 50ms"
                                + " each) and is up in 8s; 1 to 40 replicas; late is over 250ms")
                .anyMatch(line -> line.matches("\\| requests=2400 +\\|.*"))
                .anyMatch(line -> line.matches("\\| rps=100 +\\| +\\d\\.\\d \\| +[45] \\|.*"))
                .anyMatch(line -> line.matches("\\| fixed=3 +\\| +3\\.0 \\| +3 \\|.* 360 \\| +0 \\|"))
                .anyMatch(line -> line.matches("\\| auto +\\|.*"));
    }

    @Test
    void aNumberOfItsOwnGoesBeforeTheOption() throws Exception {
        simulate("--trace", trace.toString(), "--policy", "rps=100", "--target", "7");
        String own = printed.out();
        simulate("--trace", trace.toString(), "--policy", "rps=100");
        assertThat(printed.out()).isEqualTo(own + own);

        assertThat(simulate("--trace", trace.toString(), "--policy", "rps", "--target", "100"))
                .isZero();
        assertThat(cells(printed.out(), "rps")).isEqualTo(cells(own, "rps=100"));
    }

    private static String cells(String table, String policy) {
        return table.lines()
                .filter(line -> line.startsWith("| " + policy + " "))
                .map(line -> line.substring(line.indexOf('|', 2)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSameLinePrintsTheSameTable() throws Exception {
        simulate("--trace", trace.toString(), "--policy", "rps=100");
        String first = printed.out();
        simulate("--trace", trace.toString(), "--policy", "rps=100");

        assertThat(printed.out()).isEqualTo(first + first);
    }

    @Test
    void theChartIsAPictureThatFollowsItsReader() throws Exception {
        Path svg = folder.resolve("chart.svg");
        simulate("--trace", trace.toString(), "--policy", "rps=100,fixed=3", "--svg", svg.toString());

        String drawn = Files.readString(svg);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(drawn)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("path").getLength())
                .as("two in the legend, two lines in each of two panels, and the traffic")
                .isEqualTo(7);
        assertThat(drawn)
                .contains("prefers-color-scheme: dark", "two &lt;minutes&gt;.csv", "rps=100", "120 s")
                .doesNotContain("NaN");
        assertThat(printed.out()).endsWith("chart: " + svg + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--trace none.csv | 1 | simulate: --trace: none.csv: no such file (expected: daily, flash-crowd,"
                        + " square",
                "--policy rsp | 2 | --policy: rsp (expected: requests, rps, concurrency, auto, schedule or fixed",
                "--policy auto=3 | 2 | --policy: auto=3 (expected: requests, rps, concurrency, auto",
                "--policy rps=no | 2 | --policy: rps=no (expected: requests, rps, concurrency, auto",
                "--policy gauge | 2 | --policy: gauge (expected: requests, rps, concurrency, auto",
                "--policy schedule | 2 | --schedule: none is given (expected: hours",
                "--min 9 --max 8 | 2 | --min: 9 (expected: at most max, which is 8)",
                "--start-time 11m | 1 | simulate: startTime: PT11M (expected: above 0, 10 min at most)"
            })
    void whatIsWrongIsSaid(String line, int code, String sentence) throws Exception {
        assertThat(simulate(line.split(" "))).isEqualTo(code);
        assertThat(printed.err()).startsWith(sentence);
    }
}
