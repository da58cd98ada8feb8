package io.symphony.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Source.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSpecTest {

    private static final String NAME_RULE =
            "(expected: 1 to 63 of a-z, 0-9, '-', '_', '.', starting and ending with a letter or digit)";

    private final ServiceSpec acts = ServiceSpec.command("acts", "java", "-jar", "acts.jar");

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {"a", "7", "acts", "a-b_c.d", "a123456789-123456789-123456789-123456789-123456789-123456789-12"})
    void takesGoodNames(String name) {
        assertThat(ServiceSpec.image(name, "acts:1").name()).isEqualTo(name);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "-",
                "-a",
                "a-",
                "Acts",
                "a b",
                "a/b",
                "ä",
                "a123456789-123456789-123456789-123456789-123456789-123456789-123"
            })
    void refusesBadNames(String name) {
        assertThatThrownBy(() -> ServiceSpec.image(name, "acts:1")).hasMessage("name: '" + name + "' " + NAME_RULE);
    }

    @Test
    void equalSpecificationsHaveTheSameVersionOnAnyMachine() {
        ServiceSpec one = acts.withEnv("A", "1").withEnv("B", "2");
        ServiceSpec other = acts.withEnv("B", "2").withEnv("A", "1");

        assertThat(one).isEqualTo(other);
        assertThat(one.version()).isEqualTo(other.version()).matches("[0-9a-f]{8}");
    }

    @Test
    void theVersionIsFoundOnce() {
        assertThat(acts.version()).isSameAs(acts.version());
    }

    @Test
    void whateverMakesAReplicaDifferMakesTheVersionDiffer() {
        assertThat(List.of(
                        acts.version(),
                        acts.withEnv("A", "1").version(),
                        acts.withEnv("A", "2").version(),
                        acts.withEnv("B", "1").version(),
                        ServiceSpec.command("acts", "java", "-jar acts.jar").version(),
                        ServiceSpec.command("acts", "java -jar acts.jar").version(),
                        ServiceSpec.image("acts", "java -jar acts.jar").version(),
                        ServiceSpec.image("acts", "acts:2").version()))
                .doesNotHaveDuplicates();
    }

    @Test
    void anArgumentIsNotAVariable() {
        assertThat(ServiceSpec.command("acts", "java", "A=1").version())
                .isNotEqualTo(
                        ServiceSpec.command("acts", "java").withEnv("A", "1").version());
    }

    @Test
    void theNameIsNoPartOfTheVersion() {
        assertThat(ServiceSpec.command("bets", "java", "-jar", "acts.jar").version())
                .isEqualTo(acts.version());
    }

    @Test
    void neverSaysTheValuesOfItsVariables() {
        ServiceSpec secretive = acts.withEnv("DB_PASSWORD", "hunter2");

        assertThat(secretive).hasToString("acts (java -jar acts.jar, env [DB_PASSWORD])");
        assertThatThrownBy(() -> secretive.withEnv("A=B", "hunter2"))
                .hasMessage("env: 'A=B' (expected: a name without '=' and NUL)");
        assertThatThrownBy(() -> secretive.withEnv("A", "hunter2\0"))
                .hasMessage("env: 'A' (expected: a name without '=' and NUL)");
    }

    @Test
    void aChangeIsACopy() {
        ServiceSpec changed = acts.withEnv("A", "1").withSource(new Source.Image("acts:2"));

        assertThat(acts.env()).isEmpty();
        assertThat(changed).hasToString("acts (acts:2, env [A])");
    }

    @Test
    void refusesSourcesThatAreNone() {
        assertThatThrownBy(() -> ServiceSpec.image("acts", " "))
                .hasMessage("image: ' ' (expected: a reference such as acts:1.4)");
        assertThatThrownBy(() -> ServiceSpec.command("acts"))
                .hasMessage("command: [] (expected: a program and its arguments, without NUL)");
        assertThatThrownBy(() -> ServiceSpec.backends("acts", List.of()))
                .hasMessage("backends: none (expected: at least one HOST:PORT)");
        assertThatThrownBy(() -> new Backend(Endpoint.local(1), 0)).hasMessage("weight: 0 (expected: 1 to 1000)");
        assertThatThrownBy(() -> new Backend(Endpoint.local(1), 1_001))
                .hasMessage("weight: 1001 (expected: 1 to 1000)");
    }
}
