package io.symphony.examples;

import io.symphony.fleet.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a service is called that nobody has named. */
final class ServiceNames {
    private static final int LONGEST_STEM = 40;
    private static final int MARK = 4;

    private ServiceNames() {}

    /**
     * The program's name and a mark of the whole command: two services that are both started by {@code java} must not
     * take each other's replicas for their own.
     */
    static String of(List<String> command) {
        String program = String.valueOf(Path.of(command.get(0)).getFileName());
        String mark = ServiceSpec.command("any", command.toArray(String[]::new)).version();
        return stem(program) + "-" + mark.substring(0, MARK);
    }

    /** The image's name without registry, path and version. */
    static String of(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return stem(last.replaceFirst("[:@].*", ""));
    }

    private static String stem(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "service" : plain.substring(0, Math.min(LONGEST_STEM, plain.length()));
    }
}
