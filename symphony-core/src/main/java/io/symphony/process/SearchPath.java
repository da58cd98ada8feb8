package io.symphony.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories that a program's name is looked up in, as a shell does it. */
record SearchPath(List<Path> directories) {

    static SearchPath of(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "/bin:/usr/bin");
        return new SearchPath(
                Arrays.stream(path.split(File.pathSeparator, -1)).map(Path::of).toList());
    }

    /** The file to execute. A name with a slash in it is not looked up but taken as it stands. */
    Optional<Path> find(String program) {
        return candidates(program)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Why nothing was found, and what to try. */
    String whyNot(String program) {
        if (candidates(program).anyMatch(Files::isDirectory)) {
            return "it is a directory. Give the program in it.";
        }
        if (candidates(program).anyMatch(Files::exists)) {
            return "it is not executable. Try chmod +x.";
        }
        String where = isPath(program) ? " (in " + Path.of("").toAbsolutePath() + ")" : " on the PATH";
        return "no such file or directory" + where + ". " + advice(program);
    }

    private static String advice(String program) {
        return program.contains(" ")
                ? "It has a blank in it: give program and arguments as separate words."
                : "Check the spelling, or give the full path.";
    }

    private Stream<Path> candidates(String program) {
        return isPath(program)
                ? Stream.of(Path.of(program))
                : directories.stream()
                        .map(directory -> directory.resolve(program).toAbsolutePath());
    }

    private static boolean isPath(String program) {
        return program.contains("/");
    }
}
