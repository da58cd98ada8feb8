package io.symphony.examples;

import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of {@code up}, gathered from the themes that they belong to: the one table from which flags, variables,
 * keys of a file and the help text follow.
 */
final class UpSettings {
    private UpSettings() {}

    static List<Setting<?>> all() {
        return Stream.of(
                        SourceSettings.all(),
                        DockerSettings.all(),
                        common(),
                        List.of(RunSettings.ON_EXIT, RunSettings.DRY_RUN))
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that {@code demo} shares. */
    static List<Setting<?>> common() {
        return Stream.of(FrontSettings.all(), ScalingSettings.all(), HealthSettings.all(), RunSettings.common())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that a file may hold, so that one file serves both commands. */
    static List<Setting<?>> inFile() {
        return all().stream()
                .filter(setting -> !setting.isFlagOnly() && setting != RunSettings.CONFIG)
                .toList();
    }
}
