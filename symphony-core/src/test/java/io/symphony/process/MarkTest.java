package io.symphony.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MarkTest {

    private final Mark mark = new Mark(
            new ReplicaId("acts", 4),
            "0a1b2c3d",
            Endpoint.local(20_001),
            new Output(Path.of("/tmp/symphony-acts-4-17.log")));

    @Test
    void whatIsWrittenIsRead() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "TOKEN", "secret"));
        mark.writeTo(environment);

        assertThat(Mark.readFrom(environ(environment))).contains(mark);
    }

    @Test
    void itWinsOverTheMarkOfAnOrchestratorAboveUs() {
        Map<String, String> environment = new HashMap<>();
        new Mark(
                        new ReplicaId("outer", 1),
                        "ffffffff",
                        Endpoint.local(1),
                        new Output(Path.of("/tmp/symphony-outer-1-5.log")))
                .writeTo(environment);
        mark.writeTo(environment);

        assertThat(Mark.readFrom(environ(environment))).contains(mark);
    }

    @Test
    void whatDoesNotReadAsAMarkIsNone() {
        assertThat(Mark.readFrom(new byte[0])).isEmpty();
        assertThat(read("PATH=/bin\0")).isFalse();
        assertThat(read("SYMPHONY_OUTPUT=/tmp/symphony-acts-4-17.log\0")).isFalse();
        assertThat(
                        read(
                                "SYMPHONY_REPLICA=acts\0SYMPHONY_ENDPOINT=127.0.0.1:1\0SYMPHONY_OUTPUT=/tmp/symphony-acts-1-5.log\0"))
                .isFalse();
        assertThat(
                        read(
                                "SYMPHONY_REPLICA=acts-1\0SYMPHONY_ENDPOINT=nowhere\0SYMPHONY_OUTPUT=/tmp/symphony-acts-1-5.log\0"))
                .isFalse();
        assertThat(read("SYMPHONY_REPLICA=acts-1\0SYMPHONY_ENDPOINT=127.0.0.1:1\0SYMPHONY_OUTPUT=/etc/passwd\0"))
                .isFalse();
    }

    private static boolean read(String environ) {
        return Mark.readFrom(environ.getBytes(UTF_8)).isPresent();
    }

    private static byte[] environ(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\0")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
