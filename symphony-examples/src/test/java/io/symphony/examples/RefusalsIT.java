package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be done ends with a sentence and its exit code, and leaves nothing. */
class RefusalsIT {
    private static final String NAME = "refused-" + ProcessHandle.current().pid();

    static Stream<Arguments> commandsThatCannotServe() {
        return Stream.of(
                Arguments.of("no-such-command-here", "up: .*cannot run 'no-such-command-here': no such file"),
                Arguments.of("sh -c 'echo out of luck; exit 3'", "up: .*exit code 3"),
                Arguments.of("sh -c 'sleep 0.2; exit 0'", "up: .*ended before it was well"));
    }

    @ParameterizedTest
    @MethodSource("commandsThatCannotServe")
    void aCommandThatCannotServe(String command, String sentence) throws Exception {
        assertRefused(1, sentence, up(command, "--listen", "127.0.0.1:0", "--min", "2", "--on-exit", "leave"));
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String sentence = "cannot listen on " + address + ": the port is in use; end what listens there, or give"
                    + " another one with --listen HOST:PORT";

            assertRefused(1, "^up: " + sentence + "$", up(Launched.sampleCommand(), "--listen", address));
            assertRefused(1, "^demo: " + sentence + "$", List.of("demo", "--listen", address));
        }
    }

    @Test
    void aConfigurationThatCannotBeRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("nope.yaml");

        assertRefused(2, "^--config: " + file + ": no such file\nTry: ", up("true", "--config", file.toString()));
    }

    @Test
    void wrongOptions() throws Exception {
        assertRefused(
                2,
                "^--mni: unknown option.*\n--max: no value.*\nTry: symphony up --help$",
                up(Launched.sampleCommand(), "--mni", "2", "--max"));
    }

    private static List<String> up(String command, String... more) {
        List<String> words = new ArrayList<>(List.of("up", "--name", NAME, "--process", command));
        words.addAll(List.of(more));
        return words;
    }

    private static void assertRefused(int code, String sentence, List<String> words) throws Exception {
        try (Launched program = Launched.program(words.toArray(String[]::new))) {
            assertThat(program.exitCode()).as(program.output()).isEqualTo(code);
            assertThat(program.output()).containsPattern("(?m)" + sentence);
        }
        assertThat(Launched.replicasOf(NAME)).isEmpty();
    }
}
