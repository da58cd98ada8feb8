package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image with one Java program in it, made without any registry from the running JDK: a small Java runtime, the few
 * system libraries that it needs, and the program. Linux only, because the image gets this machine's own Java.
 *
 * <pre>{@code
 * new JavaImage("symphony-sample", "io.symphony.examples.Sample")
 *         .withClassPath(Path.of("symphony.jar"))
 *         .withPort(8080)
 *         .make(runtime.images());
 * }</pre>
 *
 * @param reference what the image is called, such as {@code symphony-sample:1}
 * @param classPath jars, and directories with classes
 * @param modules those of the JDK that the program needs
 * @param env the program's environment
 * @param port the one that it says to listen on
 */
public record JavaImage(
        String reference,
        String mainClass,
        List<String> arguments,
        List<Path> classPath,
        List<String> modules,
        Map<String, String> env,
        int port) {

    static final String HOME = "opt/java";
    static final String APP = "app";

    public JavaImage {
        arguments = List.copyOf(arguments);
        classPath = List.copyOf(classPath);
        modules = List.copyOf(modules);
        env = new TreeMap<>(env);
        if (reference.isBlank() || mainClass.isBlank()) {
            throw new IllegalArgumentException(
                    "image: '" + reference + "' of '" + mainClass + "' (expected: a reference and a main class)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** A program that needs {@code java.base} and {@code jdk.httpserver}, and listens on 8080. */
    public JavaImage(String reference, String mainClass) {
        this(reference, mainClass, List.of(), List.of(), List.of("java.base", "jdk.httpserver"), Map.of(), 8_080);
    }

    public JavaImage withArguments(String... words) {
        return new JavaImage(reference, mainClass, List.of(words), classPath, modules, env, port);
    }

    public JavaImage withClassPath(Path... entries) {
        return new JavaImage(reference, mainClass, arguments, List.of(entries), modules, env, port);
    }

    public JavaImage withModules(String... names) {
        return new JavaImage(reference, mainClass, arguments, classPath, List.of(names), env, port);
    }

    public JavaImage withEnv(String variable, String value) {
        Map<String, String> more = new TreeMap<>(env);
        more.put(variable, value);
        return new JavaImage(reference, mainClass, arguments, classPath, modules, more, port);
    }

    public JavaImage withPort(int number) {
        return new JavaImage(reference, mainClass, arguments, classPath, modules, env, number);
    }

    /** Makes the image on the Engine; one that had its name goes, unless a container was made from it. */
    public void make(Images images) throws RuntimeFailure, InterruptedException {
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("symphony-image-");
            Path archive = scratch.resolve("image.tar");
            write(archive, scratch);
            images.replace(archive, Images.tagged(reference));
        } catch (IOException e) {
            throw new RuntimeFailure(
                    "cannot make the image " + reference + ": " + e.getMessage()
                            + ". Is there room in java.io.tmpdir, some 150 MB?",
                    e);
        } finally {
            if (scratch != null) {
                Scratch.delete(scratch);
            }
        }
    }

    private void write(Path archive, Path scratch) throws IOException, RuntimeFailure, InterruptedException {
        Path java = scratch.resolve("java");
        JavaHome.link(modules, java);
        Path layer = scratch.resolve("layer.tar");
        try (OutputStream out = Files.newOutputStream(layer);
                Tar tar = new Tar(out)) {
            fill(tar, java);
        }
        new ImageArchive(Images.tagged(reference), port, command(), env).write(archive, layer);
    }

    private void fill(Tar tar, Path java) throws IOException, RuntimeFailure, InterruptedException {
        tar.directory("tmp", 01777);
        tar.directory("run", 01777);
        tar.directory("opt");
        tar.tree(HOME, java);
        for (Path library : JavaHome.libraries(java)) {
            tar.file(library.toString().substring(1), library);
        }
        tar.directory(APP);
        for (int number = 0; number < classPath.size(); number++) {
            Path entry = classPath.get(number);
            if (Files.isDirectory(entry)) {
                tar.tree(inside(number), entry);
            } else {
                tar.file(inside(number), entry);
            }
        }
    }

    private List<String> command() {
        List<String> entries = new ArrayList<>();
        for (int number = 0; number < classPath.size(); number++) {
            entries.add("/" + inside(number));
        }
        List<String> words = new ArrayList<>(List.of("/" + HOME + "/bin/java", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-cp", String.join(":", entries), mainClass));
        words.addAll(arguments);
        return words;
    }

    private String inside(int number) {
        boolean directory = Files.isDirectory(classPath.get(number));
        return APP + "/" + (directory ? "classes-" + number : number + ".jar");
    }
}
