package io.symphony.examples;

import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The list of options in a command's help, theme by theme. */
record ThemedOptions(List<Theme> themes) implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
        Stream<String> sections = themes.stream().map(theme -> section(theme.heading(), options(theme, help), help));
        return Stream.concat(sections, Stream.of(section("", ofHelp(help), help)))
                .collect(Collectors.joining());
    }

    private static String section(String heading, List<OptionSpec> options, Help help) {
        if (options.isEmpty()) {
            return "";
        }
        // Of all options, so that the columns of all themes stand in line.
        Help.Layout layout = help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        return heading(heading) + layout;
    }

    private static String heading(String text) {
        return text.isEmpty() ? System.lineSeparator() : String.format("%n%s%n", text);
    }

    private static List<OptionSpec> options(Theme theme, Help help) {
        return theme.settings().stream()
                .map(Setting::flag)
                .map(help.commandSpec()::findOption)
                .filter(option -> !option.hidden())
                .toList();
    }

    private static List<OptionSpec> ofHelp(Help help) {
        return List.of(
                help.commandSpec().findOption("--help"), help.commandSpec().findOption("--version"));
    }
}
