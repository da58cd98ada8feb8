package io.symphony.examples;

import java.util.List;
import java.util.Map;

/** The bundled program. */
public final class Symphony {
    private Symphony() {}

    /** Runs the command line and ends with its exit code. */
    public static void main(String... words) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        EndSignal end = new EndSignal();
        Program program = new Program(
                List.of(new DemoCommand(end), new UpCommand(end), new LoadCommand(end), new SampleCommand(end)),
                environment,
                Terminal.ofProcess(environment));
        System.exit(end.finish(program.run(words)));
    }
}
