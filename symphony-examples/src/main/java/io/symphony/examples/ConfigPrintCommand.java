package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.Map;

/** Shows what {@code up} would go by, as a file that it takes. */
final class ConfigPrintCommand implements Command {
    private final UpCommand up;

    ConfigPrintCommand(UpCommand up) {
        this.up = up;
    }

    @Override
    public String name() {
        return "config print";
    }

    @Override
    public String headline() {
        return "Shows the configuration that up would have, as a file for --config";
    }

    @Override
    public String summary() {
        return """
            Takes what up takes, and shows the value that each setting has in the end and where that was given:
            a flag, a variable, or a line of the file. Defaults stand there as comments, and so do secrets, without
            their values. What it prints can be given back with --config.\
            """;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("symphony config print --config acts.yaml", "what comes of the file and the environment"),
                new Example(
                        "symphony config print --process \"java -jar acts.jar\" --max 6 > acts.yaml",
                        "a first file, to go on from"));
    }

    @Override
    public List<Setting<?>> settings() {
        return up.settings();
    }

    @Override
    public List<Theme> themes() {
        return up.themes();
    }

    @Override
    public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        return up.configure(flags, environment, problems);
    }

    @Override
    public int run(Configuration values, Terminal terminal) {
        terminal.out().print(values.file(UpSettings.inFile()));
        terminal.out().flush();
        return DONE;
    }
}
