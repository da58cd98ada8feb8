package io.symphony.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small things that are read and written. */
class TextTest {

    @Test
    void whatAReplicaWroteCannotPlayWithATerminal() {
        assertThat(Output.readable("\u001b[31mred\u001b[0m\r\n\n\u0007bell\n" + "x".repeat(500)))
                .isEqualTo("red\nbell\n" + "x".repeat(400) + "...");
    }

    @Test
    void anImageWithoutATagIsTheLatest() {
        assertThat(Images.tagged("acts")).isEqualTo("acts:latest");
        assertThat(Images.tagged("127.0.0.1:5000/acts")).isEqualTo("127.0.0.1:5000/acts:latest");
        assertThat(Images.tagged("127.0.0.1:5000/acts:1")).isEqualTo("127.0.0.1:5000/acts:1");
        assertThat(Images.tagged("acts@sha256:0a")).isEqualTo("acts@sha256:0a");
    }

    @Test
    void anArchiveIsReadByTar(@TempDir Path directory) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        String deep = "d".repeat(60) + "/" + "e".repeat(60);
        Files.createDirectories(tree.resolve(deep));
        Files.writeString(tree.resolve(deep).resolve("file.txt"), "hello");
        Path archive = directory.resolve("archive.tar");
        try (Tar tar = new Tar(Files.newOutputStream(archive))) {
            tar.directory("tmp", 01777);
            tar.tree("app", tree);
        }

        Process process = new ProcessBuilder("tar", "-tvf", archive.toString())
                .redirectErrorStream(true)
                .start();
        String listing = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(listing).contains("drwxrwxrwt 0/0", "-rw-r--r-- 0/0", "app/" + deep + "/file.txt");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aNameThatNoArchiveCanHoldIsRefused() throws Exception {
        try (Tar tar = new Tar(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> tar.file("x".repeat(300), new byte[0]))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("its name is too long");
        }
    }
}
