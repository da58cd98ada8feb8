package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.config.ConfigFile;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md has a row for each setting of {@code up}, which says what the program says. */
class ConfigurationDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final Pattern EXAMPLE = Pattern.compile("\\| `(.*?)` \\|.*");

    static Stream<Setting<?>> settings() {
        return UpSettings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachSettingHasItsRow(Setting<?> setting) throws IOException {
        assertThat(rows()).filteredOn(row -> row.endsWith(end(setting))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void itsExampleIsTaken(Setting<?> setting, @TempDir Path folder) throws IOException {
        String row = rows().stream()
                .filter(each -> each.endsWith(end(setting)))
                .findFirst()
                .orElseThrow();
        if (!UpSettings.inFile().contains(setting)) {
            assertThat(row).startsWith("| | ");
            return;
        }
        Matcher example = EXAMPLE.matcher(row.replace("\\|", "|"));
        assertThat(example.matches()).as(row).isTrue();
        Path file = Files.writeString(folder.resolve("acts.yaml"), example.group(1) + "\n");
        Problems problems = new Problems();
        ConfigFile layer = ConfigFile.read(file, "--config", UpSettings.inFile(), problems);
        Configuration values = Configuration.resolve(List.of(setting), List.of(layer), problems);

        assertThat(problems.sentences()).isEmpty();
        assertThat(values.isGiven(setting)).isTrue();
    }

    @Test
    void noRowIsOfASettingThatThereIsNot() throws IOException {
        assertThat(rows()).hasSameSizeAs(UpSettings.all());
    }

    @Test
    void theFileAtItsTopIsTaken(@TempDir Path folder) throws Exception {
        String yaml = Files.readString(DOCUMENT).replaceFirst("(?s).*?```yaml\n(.*?)```.*", "$1");
        Path file = Files.writeString(folder.resolve("acts.yaml"), yaml);
        Printed printed = new Printed();
        Program program = new Program(Symphony.commands(new EndSignal()), Map.of(), printed.terminal());

        assertThat(program.run("config", "print", "--config", file.toString()))
                .as(printed.err())
                .isZero();
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("|") && line.contains("| `--"))
                .toList();
    }

    /** All but the example, which is the page's own. */
    private static String end(Setting<?> setting) {
        String flag = setting.flag() + (setting.isToggle() ? "" : " " + setting.param());
        String variable = setting.isFlagOnly() ? "" : setting.variable();
        return Stream.of(code(flag), code(variable), code(setting.fallback().orElse("")), setting.description())
                .map(cell -> " | " + cell.replace("|", "\\|"))
                .collect(Collectors.joining("", "", " |"));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
