package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"mni, min", "mins, min", "bachends, backends", "max, max"})
    void aWordThatIsNearIsProposed(String word, String meant) {
        assertThat(Suggestion.of(word, List.of("min", "max", "backends"))).isEqualTo(" (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @CsvSource({"policy", "''", "minimum"})
    void aWordThatIsFarIsNot(String word) {
        assertThat(Suggestion.of(word, List.of("backends", "max"))).isEmpty();
    }
}
