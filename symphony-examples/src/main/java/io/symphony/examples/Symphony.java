package io.symphony.examples;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bundled program. */
public final class Symphony {
    private Symphony() {}

    /** Runs the command line and ends with its exit code. */
    public static void main(String... words) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        EndSignal end = new EndSignal();
        Program program = new Program(commands(end), environment, Terminal.ofProcess(environment));
        System.exit(end.finish(program.run(words)));
    }

    /** All that it can do; the first is meant where none is named. */
    static List<Command> commands(EndSignal end) {
        UpCommand up = new UpCommand(end);
        List<Command> work = List.of(
                new DemoCommand(end),
                up,
                new ConfigPrintCommand(up),
                new LoadCommand(end),
                new SimulateCommand(),
                new SampleCommand(end),
                new SampleImageCommand());
        return Stream.concat(work.stream(), Stream.of(new CompletionCommand(work)))
                .toList();
    }
}
