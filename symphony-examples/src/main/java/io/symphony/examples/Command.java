package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.Map;

/** One of the program's commands: its name, its settings, and what it does with them. */
interface Command {
    /** A clean end. */
    int DONE = 0;
    /** It could not be done; a sentence on the error output says why. */
    int FAILED = 1;
    /** The options or the configuration are wrong. */
    int WRONG = 2;

    /** One word or two. */
    String name();

    default List<String> words() {
        return List.of(name().split(" ", -1));
    }

    /** What it does, in half a line. */
    String headline();

    String summary();

    /** Command lines to learn from, each with what it does. */
    List<Example> examples();

    List<Setting<?>> settings();

    /** Its settings as the help shows them. */
    default List<Theme> themes() {
        return List.of(new Theme("", settings()));
    }

    /** The value of each setting, from the flags and whatever else this command listens to. */
    default Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        return Configuration.resolve(settings(), List.of(flags, Layer.fallbacks()), problems);
    }

    /** Does it, and returns the exit code. */
    int run(Configuration configuration, Terminal terminal) throws InterruptedException;

    /** A command line and what it does. */
    record Example(String line, String does) {}
}
