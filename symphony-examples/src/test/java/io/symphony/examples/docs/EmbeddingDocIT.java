package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of docs/embedding.md compiles and runs: the first makes the orchestrator that the others use. */
class EmbeddingDocIT {

    private static final String BEFORE = """
        import com.sun.net.httpserver.HttpServer;
        import io.symphony.*;
        import io.symphony.fleet.*;
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
    void everySnippetRuns(@TempDir Path folder) throws Exception {
        List<String> blocks = DocumentedCode.blocksOf("docs/embedding.md");
        StringBuilder text = new StringBuilder(BEFORE).append(blocks.get(0));
        text.append("acts.awaitReady(2, Duration.ofSeconds(20));\n");
        for (String block : blocks.subList(1, blocks.size())) {
            text.append("{\n").append(block).append("}\n");
        }
        Path source = folder.resolve("Snippets.java");
        Files.writeString(source, text.append(AFTER));

        String printed = DocumentedCode.run(source, folder.resolve("printed.txt"));

        assertThat(printed).contains("READY acts-1: well").endsWith("done\n");
    }
}
