package io.symphony.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.ReplicaId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputTest {

    private Output output;

    @BeforeEach
    void create() throws IOException {
        output = Output.create(new ReplicaId("acts", 1));
    }

    @AfterEach
    void delete() {
        output.delete();
    }

    @Test
    void theLastLinesAreTheTwentyLast() throws IOException {
        write(IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).collect(Collectors.joining("\n")));

        assertThat(output.lastLines())
                .isEqualTo(IntStream.rangeClosed(81, 100)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void aFileThatGrowsTooLongKeepsItsEndAndIsWrittenOnAtItsEnd() throws IOException {
        try (OutputStream replica = new FileOutputStream(output.path().toFile(), true)) {
            replica.write("a line of sixteen\n".repeat(300_000).getBytes(UTF_8));
            replica.write("the latest\n".getBytes(UTF_8));

            output.bound();
            assertThat(Files.size(output.path())).isLessThan(100_000);
            assertThat(output.lastLines()).endsWith("a line of sixteen\nthe latest");

            replica.write("and on\n".getBytes(UTF_8));
            assertThat(Files.size(output.path())).isLessThan(100_000);
            assertThat(output.lastLines()).endsWith("the latest\nand on");
        }
    }

    @Test
    void aShortFileIsLeftAlone() throws IOException {
        write("short\n");

        output.bound();

        assertThat(output.path()).hasContent("short\n");
    }

    @Test
    void nothingInItCanSteerATerminal() throws IOException {
        write("\u001b[31mred\u001b[0m\u0007\r\n\ttabbed\n\n");

        assertThat(output.lastLines()).isEqualTo("red\n\ttabbed");
    }

    @Test
    void aLongLineIsCut() throws IOException {
        write("x".repeat(10_000));

        assertThat(output.lastLines()).hasSize(403).endsWith("x...");
    }

    @Test
    void aFileThatIsGoneHasNoLines() {
        output.delete();
        output.bound();

        assertThat(output.lastLines()).isEmpty();
    }

    @Test
    void onlyANameOfOursIsAnOutputFile() {
        ReplicaId id = new ReplicaId("acts", 1);

        assertThat(Output.at(output.path().toString(), id)).contains(output);
        assertThat(Output.at(output.path().toString(), new ReplicaId("acts", 2)))
                .isEmpty();
        assertThat(Output.at("/var/log/symphony-acts-1-x.log", id)).isEmpty();
        assertThat(Output.at("symphony-acts-1-5.log", id)).isEmpty();
        assertThat(Output.at("/etc/passwd", id)).isEmpty();
        assertThat(Output.at("/", id)).isEmpty();
        assertThat(Output.at("", id)).isEmpty();
    }

    @Test
    void aLinkIsNeitherReadNorShortened() throws IOException {
        Path precious = Files.writeString(Files.createTempFile("precious", ".txt"), "precious\n".repeat(600_000));
        Files.delete(output.path());
        Files.createSymbolicLink(output.path(), precious);

        output.bound();

        assertThat(output.lastLines()).isEmpty();
        assertThat(precious).hasSize(5_400_000);
        Files.delete(precious);
    }

    private void write(String text) throws IOException {
        Files.writeString(output.path(), text);
    }
}
