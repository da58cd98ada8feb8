package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every section of docs/embedding.md compiles and runs: the first makes the orchestrator that the others use. */
class EmbeddingDocIT {

    private static final String BEFORE = """
        import com.sun.net.httpserver.HttpServer;
        import io.symphony.*;
        import io.symphony.fleet.*;
        import io.symphony.process.*;
        import io.symphony.proxy.*;
        import io.symphony.proxy.embed.*;
        import io.symphony.routing.*;
        import io.symphony.scaling.*;
        import io.symphony.spi.*;
        import java.io.InputStream;
        import java.net.*;
        import java.net.http.HttpResponse.BodySubscribers;
        import java.nio.charset.StandardCharsets;
        import java.time.*;
        import java.util.List;
        import java.util.Map;
        import java.util.concurrent.*;

        class Snippets {
            static void call(Endpoint endpoint) throws Exception {
                new Socket(endpoint.host(), endpoint.port()).close();
                System.out.println("called " + endpoint);
            }

            public static void main(String[] args) throws Exception {
                String jar = "symphony-examples/target/symphony.jar";
        """;

    private static final String AFTER = """
                acts.close();
                probe.close();
                System.out.println("done");
            }
        }
        """;

    @Test
    void everySectionRuns(@TempDir Path folder) throws Exception {
        List<String> sections = DocumentedCode.sectionsOf("docs/embedding.md");
        StringBuilder text = new StringBuilder(BEFORE).append(sections.get(0));
        text.append("acts.awaitReady(2, Duration.ofSeconds(20));\n");
        for (String section : sections.subList(1, sections.size())) {
            text.append("{\n").append(section).append("}\n");
        }
        Path source = folder.resolve("Snippets.java");
        Files.writeString(source, text.append(AFTER));

        String printed = DocumentedCode.run(source, folder.resolve("printed.txt"));

        assertThat(printed)
                .contains("READY acts-1: well", "mine-1 is in [", "requests inside over the last 10 s", "heard {")
                .endsWith("done\n");
    }
}
