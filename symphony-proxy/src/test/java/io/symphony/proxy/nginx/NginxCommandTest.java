package io.symphony.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The calls, with a shell in nginx's place. */
class NginxCommandTest {

    @Test
    void whatItWritesIsReadWhateverItsLength() throws Exception {
        String said =
                shell("head -c 300000 /dev/zero | tr '\\0' x; echo end >&2").run();

        assertThat(said).hasSize(300_000 + "end\n".length()).endsWith("end\n");
    }

    @Test
    void aProgramThatIsMissingSaysHowToGetIt() {
        assertThatThrownBy(() -> NginxCommand.of("/nowhere/nginx").run())
                .isInstanceOf(NginxException.class)
                .hasMessageStartingWith("/nowhere/nginx cannot be run (")
                .hasMessageEndingWith("Install it, on Debian with: apt-get install nginx; or say how it is called.");
    }

    @Test
    void aFailureIsToldInItsLastWords() {
        assertThatThrownBy(() -> shell("echo one; echo two; echo; echo three; echo four; exit 1")
                        .run())
                .isInstanceOf(NginxException.class)
                .hasMessageEndingWith(" says: two; three; four");
    }

    @Test
    void oneThatHangsIsKilledAtTheDeadlineWithWhatItStarted() {
        NginxCommand hung = shell("sleep 600 & wait").withDeadline(Duration.ofMillis(200));

        assertThatThrownBy(hung::run)
                .isInstanceOf(NginxException.class)
                .hasMessageEndingWith(
                        "did not end within 200 ms and was killed. Run it by hand to see what it waits for.");
    }

    @Test
    void aCommandWithoutWordsIsRefused() {
        assertThatThrownBy(NginxCommand::of).hasMessage("words: none (expected: a program, such as nginx)");
    }

    private static NginxCommand shell(String script) {
        return NginxCommand.of("sh", "-c", script);
    }
}
