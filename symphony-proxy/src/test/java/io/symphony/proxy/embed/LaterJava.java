package io.symphony.proxy.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.spi.ToolProvider;

/** An example that wants a later Java than we do: its source is a resource, compiled by the JDK that runs the test. */
final class LaterJava {

    private LaterJava() {}

    static boolean isHere() {
        return Runtime.version().feature() >= 21;
    }

    static Class<?> compiled(String name) throws IOException, ClassNotFoundException {
        Path folder = Files.createTempDirectory("later-java");
        Path source = folder.resolve(name + ".java");
        try (InputStream text = LaterJava.class.getResourceAsStream(name + ".java")) {
            Files.copy(Objects.requireNonNull(text), source);
        }
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        String classPath = System.getProperty("java.class.path");
        assertThat(javac.run(System.out, System.err, "-cp", classPath, "-d", folder.toString(), source.toString()))
                .as(name + " compiles")
                .isZero();
        ClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, LaterJava.class.getClassLoader());
        return loader.loadClass(LaterJava.class.getPackageName() + "." + name);
    }
}
