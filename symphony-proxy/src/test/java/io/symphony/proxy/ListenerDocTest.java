package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/listener.md says of numbers and refusals is what the code does. */
class ListenerDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "listener.md");

    static Stream<Record> settings() {
        return Stream.of(Limits.defaults(), Timeouts.defaults(), HeaderPolicy.defaults());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachSettingIsThereWithItsDefault(Record defaults) throws Exception {
        List<String> rows = rowsUnder("| `" + defaults.getClass().getSimpleName() + "` |");
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        assertThat(rows).hasSameSizeAs(components);
        for (int i = 0; i < components.length; i++) {
            String value = text(components[i].getAccessor().invoke(defaults));
            assertThat(rows.get(i)).startsWith("| `" + components[i].getName() + "` | " + value + " |");
        }
    }

    @Test
    void eachRefusalIsThereWithItsStatus() throws Exception {
        assertThat(rowsUnder("| status | says |"))
                .containsExactlyElementsOf(Arrays.stream(Refusal.values())
                        .map(refusal -> "| " + refusal.status() + " | " + refusal.text() + " |")
                        .toList());
    }

    private static List<String> rowsUnder(String header) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        return lines.stream()
                .dropWhile(line -> !line.startsWith(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.compareTo(Duration.ofMinutes(2)) < 0
                    ? duration.toSeconds() + " s"
                    : duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
        }
        return value.equals(Long.MAX_VALUE) ? "none" : value.toString();
    }
}
