package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line of ours that a reader could copy, from a page or from the help, is one that the program takes. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SHELL =
            Pattern.compile("^ *```(?:sh|bash|console)\\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OURS = Pattern.compile("(?:symphony\\.jar|^ *symphony)(?= |$)(.*)", Pattern.MULTILINE);
    private static final Pattern AFTER = Pattern.compile(" (?:&&?|;|\\||>|2>|#).*$");

    private final Printed printed = new Printed();

    static Stream<Arguments> lines() throws IOException {
        List<Arguments> lines = new ArrayList<>();
        for (Path page : pages()) {
            for (Matcher block = SHELL.matcher(Files.readString(page)); block.find(); ) {
                oursIn(block.group(1)).forEach(line -> lines.add(Arguments.of(ROOT.relativize(page), line)));
            }
        }
        for (Command command : Symphony.commands(new EndSignal())) {
            command.examples()
                    .forEach(example -> oursIn(example.line())
                            .forEach(line -> lines.add(Arguments.of(command.name() + " --help", line))));
        }
        return lines.stream();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> oursIn(String script) {
        return OURS.matcher(script.replaceAll("\\\\\\n *", ""))
                .results()
                .map(line -> AFTER.matcher(line.group(1)).replaceFirst("").strip())
                .toList();
    }

    @ParameterizedTest(name = "{0}: symphony {1}")
    @MethodSource("lines")
    void isTaken(Object page, String line, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("acts.yaml"), "process: java -jar acts.jar\n");
        String readable = line.replaceFirst("--config \\S+", "--config " + file);
        Program program = new Program(
                Symphony.commands(new EndSignal()).stream()
                        .<Command>map(Unrun::new)
                        .toList(),
                Map.of(),
                printed.terminal());

        List<String> words = Parsers.command().parse(List.of("symphony " + readable));
        int code = program.run(words.subList(1, words.size()).toArray(String[]::new));

        assertThat(code).as(printed.err()).isEqualTo(Command.DONE);
    }

    /** A command that is configured as ever, and then not run. */
    private record Unrun(Command command) implements Command {
        @Override
        public String name() {
            return command.name();
        }

        @Override
        public String headline() {
            return command.headline();
        }

        @Override
        public String summary() {
            return command.summary();
        }

        @Override
        public List<Example> examples() {
            return command.examples();
        }

        @Override
        public List<Setting<?>> settings() {
            return command.settings();
        }

        @Override
        public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
            return command.configure(flags, environment, problems);
        }

        @Override
        public int run(Configuration configuration, Terminal terminal) {
            return DONE;
        }
    }
}
