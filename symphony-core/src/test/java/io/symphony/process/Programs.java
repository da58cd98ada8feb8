package io.symphony.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command words that run a class of these tests in a Java of its own, quickly. */
final class Programs {

    private Programs() {}

    static List<String> java(Class<?> program, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                currentJava(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx32m",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                program.getName()),
                        Stream.of(arguments))
                .toList();
    }

    private static String currentJava() {
        Optional<String> command = ProcessHandle.current().info().command();
        return command.orElseThrow();
    }
}
