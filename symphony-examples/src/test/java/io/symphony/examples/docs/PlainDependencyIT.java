package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user gets who adds a module of ours: how much, with what else, and on the class path as on the module path. */
class PlainDependencyIT {

    private static final Path ROOT = DocumentedCode.ROOT;

    /** A program that uses some of our modules, with the jars that these bring. */
    enum User {
        OF_CORE_ALONE("symphony-core", "slf4j-api-.*", "io.symphony.core", "", """
            try (io.symphony.Orchestrator acts = io.symphony.Orchestrator.of(
                    io.symphony.fleet.ServiceSpec.command("acts", "none")).between(0, 1).start()) {
                System.out.println(acts.name() + " in " + io.symphony.Orchestrator.class.getModule());
            }
            """),
        OF_ALL(
                "symphony-core symphony-proxy symphony-docker",
                "(slf4j-api|http(client|core)5|docker-java|jackson|commons|guava|failureaccess|jna)-.*",
                "io.symphony.proxy; requires io.symphony.docker",
                "affinity by a header: there is no Caffeine (expected: the dependency com.github.ben-manes.caffeine:",
                """
                try (io.symphony.docker.DockerRuntime runtime = io.symphony.docker.DockerRuntime.builder().build();
                        io.symphony.Orchestrator acts = io.symphony.Orchestrator.of(
                            io.symphony.fleet.ServiceSpec.command("acts", "none")).between(0, 1).start();
                        io.symphony.proxy.Listener listener =
                            io.symphony.proxy.Listener.forwarding(acts).at("127.0.0.1", 0).start();
                        io.symphony.proxy.Forwarder forwarder = io.symphony.proxy.Forwarder.to(acts).start()) {
                    String without = "";
                    try {
                        io.symphony.proxy.SessionAffinity sessions = io.symphony.proxy.SessionAffinity.header("X-User");
                        io.symphony.proxy.Forwarder.to(acts).affinity(sessions);
                    } catch (IllegalStateException e) {
                        without = e.getMessage();
                    }
                    System.out.println(acts.name() + " in " + listener.getClass().getModule() + ", " + without);
                }
                """);

        private final String ours;
        private final String theirs;
        private final String required;
        private final String missing;
        private final String program;

        User(String ours, String theirs, String required, String missing, String program) {
            this.ours = ours;
            this.theirs = theirs;
            this.required = required;
            this.missing = missing;
            this.program = program;
        }

        String path() {
            Stream<String> brought = Stream.of(
                            System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(jar -> Path.of(jar).getFileName().toString().matches(theirs));
            return String.join(
                    File.pathSeparator,
                    Stream.concat(
                                    Stream.of(ours.split(" ", -1))
                                            .map(PlainDependencyIT::jar)
                                            .map(Path::toString),
                                    brought)
                            .toList());
        }
    }

    @Test
    void coreIsSmallAndBringsALoggingFacadeAndNothingElse() throws Exception {
        assertThat(Files.size(jar("symphony-core"))).isLessThan(500_000);
        String pom = Files.readString(ROOT.resolve("symphony-core/.flattened-pom.xml"));
        assertThat(Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
                        .matcher(pom)
                        .results()
                        .map(each -> each.group())
                        .filter(each -> !each.contains("<optional>true")))
                .singleElement()
                .asString()
                .contains("<artifactId>slf4j-api</artifactId>");
    }

    @ParameterizedTest
    @EnumSource
    void itRunsOnTheClassPath(User user, @TempDir Path folder) throws Exception {
        compile(user, folder, List.of("-cp", user.path(), program(user, folder)));
        assertThat(run(folder, "-cp", folder + File.pathSeparator + user.path(), "user.Main"))
                .startsWith("acts in unnamed module")
                .contains(user.missing);
    }

    @ParameterizedTest
    @EnumSource
    void itRunsOnTheModulePath(User user, @TempDir Path folder) throws Exception {
        Path module = Files.writeString(
                folder.resolve("module-info.java"), "module user { requires " + user.required + "; }");
        compile(user, folder, List.of("-p", user.path(), module.toString(), program(user, folder)));
        assertThat(run(folder, "-p", folder + File.pathSeparator + user.path(), "-m", "user/user.Main"))
                .startsWith("acts in module io.symphony.")
                .contains(user.missing);
    }

    private static String program(User user, Path folder) throws Exception {
        String text = "package user;\npublic class Main { public static void main(String[] none) {\n%s}}\n";
        return Files.writeString(folder.resolve("Main.java"), text.formatted(user.program))
                .toString();
    }

    private static void compile(User user, Path folder, List<String> more) {
        List<String> options = new ArrayList<>(List.of("-d", folder.toString(), "-proc:none", "-nowarn"));
        options.addAll(more);
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(javac.run(System.out, System.err, options.toArray(String[]::new)))
                .as(user + " compiles")
                .isZero();
    }

    private static String run(Path folder, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        Path printed = folder.resolve("printed.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(printed);
        return text.lines()
                .filter(line -> line.startsWith("acts in"))
                .findFirst()
                .orElse(text);
    }

    private static Path jar(String module) {
        try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
