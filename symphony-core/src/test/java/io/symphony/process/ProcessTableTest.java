package io.symphony.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

    private final ReplicaId id =
            new ReplicaId("table-" + ProcessHandle.current().pid(), 1);
    private final ProcessTable table = new ProcessTable();

    /** In the middle of an {@code exec} the kernel shows no environment, and so no mark. */
    @Test
    void aProcessThatBecomesAnotherProgramAllTheTimeIsSeenAtEachLook(@TempDir Path directory) throws Exception {
        Path again = Files.writeString(directory.resolve("again"), "exec sh \"$0\"");
        Output output = Output.create(id);
        Process process = marked(output, "sh", again.toString());
        try {
            for (int look = 1; look <= 200; look++) {
                assertThat(found()).as("look %d", look).contains(process.toHandle());
            }
        } finally {
            process.destroyForcibly();
            output.delete();
        }
    }

    private Process marked(Output output, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        new Mark(id, "1", Endpoint.local(1), output).writeTo(builder.environment());
        return builder.start();
    }

    private Optional<ProcessHandle> found() throws Exception {
        return table.marked().stream()
                .filter(each -> each.mark().id().equals(id))
                .map(ProcessTable.Marked::process)
                .findFirst();
    }
}
