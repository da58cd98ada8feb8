package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final Setting<Integer> MIN =
            Setting.of("min", "N", Parsers.wholeNumber(1, 100)).fallback("1");
    private static final Setting<Integer> BASE_PORT = Setting.of("base-port", "N", Parsers.wholeNumber(1, 65_535));
    private static final Setting<List<Map.Entry<String, String>>> ENV =
            Setting.many("env", "K=V", Parser.each(Parsers.variable())).asSecretValues();
    private static final Setting<List<String>> PROCESS = Setting.many("process", "CMD", Parsers.command());
    private static final Setting<String> ADMIN = Setting.of("admin", "HOST:PORT", Parsers.text());
    private static final List<Setting<?>> TABLE = List.of(MIN, BASE_PORT, ENV, PROCESS, ADMIN);

    private final Problems problems = new Problems();
    private Path file;

    @BeforeEach
    void chooseFile(@TempDir Path directory) {
        file = directory.resolve("acts.yaml");
    }

    @Test
    void aFlagGoesBeforeAVariableAndThatBeforeTheFileAndThatBeforeTheDefault() throws IOException {
        Layer flag = setting -> setting == MIN ? Optional.of(new Given(List.of("4"), "--min")) : Optional.empty();
        Layer variable = Layer.environment(Map.of("SYMPHONY_MIN", "3", "SYMPHONY_BASE_PORT", " "));
        Layer yaml = read("min: 2");

        assertThat(resolve(flag, variable, yaml).value(MIN)).isEqualTo(4);
        assertThat(resolve(variable, yaml).value(MIN)).isEqualTo(3);
        assertThat(resolve(yaml).value(MIN)).isEqualTo(2);
        assertThat(resolve().value(MIN)).isEqualTo(1);
        assertThat(resolve(variable).find(BASE_PORT)).isEmpty();
        assertThat(problems.sentences()).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceEachWithItsPlace() throws IOException {
        Layer variable = Layer.environment(Map.of("SYMPHONY_MIN", "0"));
        Layer yaml = read("base-port: many\n\nenv: [A=1, B]\nmni: 3\nadmin: x\nmin: 2\nmin: 3");

        resolve(variable, yaml);

        assertThat(problems.sentences())
                .containsExactly(
                        file + ":4: mni: unknown key (did you mean min?)",
                        file + ":7: min: given twice (expected: once)",
                        "SYMPHONY_MIN: 0 (expected: a whole number, 1 to 100)",
                        file + ":1: base-port: many (expected: a whole number, 1 to 65535)",
                        file + ":3: env: A=***, B (expected: NAME=VALUE)");
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("did you mean")
                .hasMessageContaining("many");
    }

    @Test
    void aFileMayWriteListsAndMappings() throws IOException {
        Configuration values = resolve(read("""
            # What runs
            process: [java, -jar, "my acts.jar"]
            env:
              DB: jdbc:x
              DEBUG: true
            """));

        assertThat(problems.sentences()).isEmpty();
        assertThat(values.value(PROCESS)).containsExactly("java", "-jar", "my acts.jar");
        assertThat(values.value(ENV)).containsExactly(Map.entry("DB", "jdbc:x"), Map.entry("DEBUG", "true"));
        assertThat(values.table()).contains("DB=***, DEBUG=***").doesNotContain("jdbc:x");
    }

    @Test
    void aFileThatIsNoYamlSaysWhere() throws IOException {
        resolve(read("min: 2\nenv: [a"));

        assertThat(problems.sentences())
                .singleElement()
                .asString()
                .startsWith(file + ":")
                .contains("not YAML");
    }

    @Test
    void aFileThatIsNoMappingIsRefused() throws IOException {
        resolve(read("- min"));

        assertThat(problems.sentences())
                .singleElement()
                .asString()
                .contains(":1: a")
                .contains("KEY: VALUE");
    }

    @Test
    void anEmptyFileIsFine() throws IOException {
        assertThat(resolve(read("# nothing\n")).value(MIN)).isEqualTo(1);
        assertThat(problems.sentences()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereEndsTheSearchForMore() {
        assertThatThrownBy(() -> ConfigFile.read(file, "--config", TABLE, problems))
                .hasMessage("--config: " + file + ": no such file");
    }

    @Test
    void aKeyWithoutAValueIsRefused() throws IOException {
        resolve(read("min:"));

        assertThat(problems.sentences())
                .containsExactly(file + ":1: min: no value (expected: a whole number, 1 to 100)");
    }

    private ConfigFile read(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return ConfigFile.read(file, "--config", TABLE, problems);
    }

    private Configuration resolve(Layer... layers) {
        List<Layer> all = Stream.concat(Arrays.stream(layers), Stream.of(Layer.fallbacks()))
                .toList();
        return Configuration.resolve(TABLE, all, problems);
    }
}
