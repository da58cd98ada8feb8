package io.symphony.process;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.spi.RuntimeFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a replica's process. */
final class Launcher {

    private static final File NOTHING = new File("/dev/null");

    /** Puts a program in a session of its own and becomes it, so that Ctrl-C in our terminal reaches only us. */
    private final Optional<Path> setsid = SearchPath.of(System.getenv()).find("setsid");

    /** Returns when the process runs. Messages name the program alone: arguments and environment may hold secrets. */
    Process launch(Mark mark, ServiceSpec spec) throws RuntimeFailure {
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().putAll(spec.env());
        mark.writeTo(builder.environment());
        builder.command(words(mark.id(), spec, builder.environment()))
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(mark.output().redirect());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new RuntimeFailure(
                    cannotRun(mark.id(), program(mark.id(), spec).get(0), reason(e)), e);
        }
    }

    /** The program is looked up here, or its absence would show as an early death of {@code setsid}. */
    private List<String> words(ReplicaId id, ServiceSpec spec, Map<String, String> environment) throws RuntimeFailure {
        List<String> given = program(id, spec);
        SearchPath path = SearchPath.of(environment);
        String program = path.find(given.get(0))
                .orElseThrow(() -> new RuntimeFailure(cannotRun(id, given.get(0), path.whyNot(given.get(0)))))
                .toString();
        List<String> words = new ArrayList<>();
        setsid.map(Path::toString).ifPresent(words::add);
        words.add(program);
        words.addAll(given.subList(1, given.size()));
        return words;
    }

    private static List<String> program(ReplicaId id, ServiceSpec spec) throws RuntimeFailure {
        if (spec.source() instanceof Source.Command command) {
            return command.words();
        }
        throw new RuntimeFailure(id + ": is not made from a command but from " + spec.source()
                + ". Give a command, or choose another runtime.");
    }

    private static String cannotRun(ReplicaId id, String program, String why) {
        return id + ": cannot run '" + program + "': " + why;
    }

    /** The system's own words for an error, which the JDK puts after the error's number. */
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        String words = message.substring(message.lastIndexOf(", ") + 1).strip();
        return words + ". Try the command in a shell, and see the limits with 'ulimit -a'.";
    }
}
