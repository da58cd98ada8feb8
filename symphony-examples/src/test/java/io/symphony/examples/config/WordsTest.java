package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.examples.config.Parser.Unexpected;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("   ", List.of()),
                Arguments.of("java -jar acts.jar", List.of("java", "-jar", "acts.jar")),
                Arguments.of("  a \t b\nc ", List.of("a", "b", "c")),
                Arguments.of("a 'b c' d", List.of("a", "b c", "d")),
                Arguments.of("a \"b c\" d", List.of("a", "b c", "d")),
                Arguments.of("a '' b", List.of("a", "", "b")),
                Arguments.of("-Dx='1 2'3", List.of("-Dx=1 23")),
                Arguments.of("'a\"b' \"c'd\"", List.of("a\"b", "c'd")),
                Arguments.of("a\\ b", List.of("a b")),
                Arguments.of("\\'a\\'", List.of("'a'")),
                Arguments.of("'a\\nb'", List.of("a\\nb")),
                Arguments.of("\"a\\\"b \\\\ \\n \\$x\"", List.of("a\"b \\ \\n $x")),
                Arguments.of("echo $HOME | cat > f; ls *", List.of("echo", "$HOME", "|", "cat", ">", "f;", "ls", "*")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsSplitAsAShellWould(String command, List<String> words) throws Unexpected {
        assertThat(Words.split(command)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"a 'b | a closing '", "a \"b | a closing \""})
    void anOpenQuoteIsSaid(String command, String expectation) {
        assertThatThrownBy(() -> Words.split(command))
                .isInstanceOf(Unexpected.class)
                .hasMessage(expectation);
    }

    @Test
    void nothingToEscapeIsSaid() {
        assertThatThrownBy(() -> Words.split("a \\")).hasMessage("a character after the last backslash");
    }
}
