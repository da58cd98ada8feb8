package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first example does what it says. */
class ReadmeIT {

    @Test
    void theFifteenLinesRunAndAreBalanced(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("Hello.java");
        Files.writeString(source, DocumentedCode.blocksOf("README.md").get(0));

        String printed = DocumentedCode.run(source, folder.resolve("printed.txt"));

        assertThat(lines(printed, "request \\d goes to hello-1 at")).isEqualTo(3);
        assertThat(lines(printed, "request \\d goes to hello-2 at")).isEqualTo(3);
    }

    private static long lines(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
