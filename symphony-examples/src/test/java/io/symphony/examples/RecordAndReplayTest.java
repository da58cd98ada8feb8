package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.examples.config.Given;
import io.symphony.examples.recording.Recorder;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live run decided is decided again from its recording alone. */
class RecordAndReplayTest {
    private static final Map<String, List<String>> SETTINGS =
            Map.of("policy", List.of("rps"), "target", List.of("5"), "window", List.of("1s"));

    private final Printed printed = new Printed();

    @TempDir
    private Path folder;

    private Path file;

    /** A live run that comes up to three replicas, since more than five requests come in a second. */
    @BeforeEach
    void record() throws Exception {
        file = folder.resolve("acts \"1\".jsonl");
        ScalingPolicy policy = Candidate.policyOf(
                setting -> Optional.ofNullable(SETTINGS.get(setting.key())).map(texts -> new Given(texts, "test")),
                setting -> Optional.empty());
        try (Recorder recorder = Recorder.into(file, "acts", "5 a second", SETTINGS);
                Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", "acts"))
                        .runtime(new FakeRuntime())
                        .probe(new FakeProbe())
                        .scaling(policy)
                        .between(1, 3)
                        .gauge("load", () -> OptionalDouble.of(0.1))
                        .deliberations(recorder)
                        .start()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (int request = 0; request < 10; request++) {
                    acts.lease(Duration.ofSeconds(10)).close();
                }
                return acts.status().ready() == 3;
            });
        }
    }

    private int simulate(String... words) throws InterruptedException {
        return new Program(List.of(new SimulateCommand()), Map.of(), printed.terminal()).run(words);
    }

    private void edit(String what, String with) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, with));
    }

    @Test
    void theReplayOfALiveRunIsIdentical() throws Exception {
        long lines = Files.readString(file).lines().count();

        assertThat(simulate("--trace", file.toString())).as(printed.err()).isZero();
        assertThat(printed.out())
                .isEqualTo("replay: " + (lines - 1) + " decisions of 5 a second, all as recorded"
                        + System.lineSeparator());
    }

    @Test
    void aReplayThatDiffersSaysWhereAndHow() throws Exception {
        edit("\"target\":[\"5\"]", "\"target\":[\"6\"]");

        assertThat(simulate("--trace", file.toString())).isEqualTo(Command.FAILED);
        assertThat(printed.out().lines().toList())
                .hasSize(3)
                .satisfies(lines ->
                        assertThat(lines.get(0)).matches("replay: decision \\d+ differs, \\d+m?s after the start"))
                .satisfies(lines -> assertThat(lines.get(1)).matches("recorded: \\d, .* at 5 a replica.*"))
                .satisfies(lines -> assertThat(lines.get(2)).matches("now: \\d, .* at 6 a replica.*"));
    }

    @Test
    void theHalfLineOfAProgramThatWasKilledIsLeftOut() throws Exception {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));

        assertThat(simulate("--trace", file.toString())).as(printed.err()).isZero();
    }

    @Test
    void aLineThatIsNoneIsNamed() throws Exception {
        edit("\"counted\":true,\"staff\"", "\"stuff\"");

        assertThat(simulate("--trace", file.toString())).isEqualTo(Command.FAILED);
        assertThat(printed.err()).contains("line 2 is no line of a recording (expected: JSON as --record writes it)");
    }

    @Test
    void forOtherPoliciesARecordingIsATrace() throws Exception {
        assertThat(simulate("--trace", file.toString(), "--policy", "fixed=2")).isZero();
        assertThat(printed.out()).contains("acts \"1\".jsonl: ").contains("| fixed=2 |");
    }
}
