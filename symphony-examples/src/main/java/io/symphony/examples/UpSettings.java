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
        return themes().stream().flatMap(theme -> theme.settings().stream()).toList();
    }

    static List<Theme> themes() {
        List<Setting<?>> ofRun = Stream.concat(
                        RunSettings.common().stream(),
                        Stream.of(
                                RunSettings.ON_EXIT,
                                TogetherSettings.LISTENERS,
                                RecordPlan.RECORD,
                                RunSettings.DRY_RUN))
                .toList();
        return List.of(
                new Theme("What runs:", SourceSettings.all()),
                new Theme("As containers:", DockerSettings.all()),
                new Theme("How many:", ScalingSettings.all()),
                new Theme("By which count:", CountSettings.all()),
                new Theme("Whether they are well:", HealthSettings.all()),
                new Theme("A new version:", RollOutSettings.all()),
                new Theme("This program:", ofRun),
                new Theme("Looking at it, and ordering:", AdminSettings.all()),
                new Theme("Clients:", FrontSettings.all()),
                new Theme("An nginx that you run:", NginxSettings.ofTheirs()),
                new Theme("HTTPS:", TlsSettings.all()),
                new Theme("Headers and retries:", HeaderSettings.all()),
                new Theme("What is remembered of clients:", ClientSettings.all()),
                new Theme("Timeouts, and what happens then:", TimeoutSettings.all()),
                new Theme("Limits, and the status beyond them:", LimitSettings.all()));
    }

    /** Those that {@code demo} shares. */
    static List<Setting<?>> common() {
        return Stream.of(
                        FrontSettings.all(),
                        AdminSettings.all(),
                        ScalingSettings.all(),
                        CountSettings.all(),
                        HealthSettings.all(),
                        RollOutSettings.all(),
                        RunSettings.common(),
                        HeaderSettings.all(),
                        ClientSettings.all(),
                        TimeoutSettings.all(),
                        LimitSettings.all())
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
