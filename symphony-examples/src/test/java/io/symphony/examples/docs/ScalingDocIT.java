package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of docs/scaling.md compiles, and what a reader can see of it is what it says. */
class ScalingDocIT {

    private static final String BEFORE = """
        import io.symphony.*;
        import io.symphony.fleet.*;
        import io.symphony.rehearsal.*;
        import io.symphony.scaling.*;
        import java.time.*;
        import java.util.*;

        class Snippets {
            public static void main(String[] args) throws Exception {
                Orchestrator acts = Orchestrator.of(
                                ServiceSpec.backends("acts", List.of(new Endpoint("127.0.0.1", 9))))
                        .start();
        """;

    private static final String AFTER = """
                acts.close();
                System.out.println("done");
            }
        }
        """;

    @Test
    void everySnippetRuns(@TempDir Path folder) throws Exception {
        String snippets = String.join("", DocumentedCode.blocksOf("docs/scaling.md"));
        Path source = folder.resolve("Snippets.java");
        Files.writeString(source, BEFORE + snippets + AFTER);

        String printed = DocumentedCode.run(source, folder.resolve("printed.txt"));

        assertThat(printed)
                .contains("4: 25 requests wait, one more replica for ten")
                .endsWith("done\n");
    }
}
