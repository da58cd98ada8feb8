package io.symphony.examples;

import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.examples.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What was given on the command line. */
record Flags(ParseResult parsed) implements Layer {
    private static final Pattern CHOICES = Pattern.compile("[a-z-]+(\\|[a-z-]+)+");

    /** How picocli is to read a setting's flag. Whether its value is right is for the setting alone to say. */
    static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option = OptionSpec.builder(names(setting))
                .description(description(setting).replace("%", "%%"));
        if (setting.isToggle()) {
            // What a file switches on, a flag must be able to switch off.
            return option.type(boolean.class)
                    .arity("0")
                    .negatable(!setting.isFlagOnly())
                    .build();
        }
        // An optional value, so that a missing one is reported together with all that is wrong besides.
        return option.type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..1")
                .paramLabel(setting.param())
                .hideParamSyntax(true)
                .completionCandidates(choices(setting))
                .build();
    }

    /** The words that a shell may offer, where the value is one of a few. */
    private static List<String> choices(Setting<?> setting) {
        return CHOICES.matcher(setting.param()).matches()
                ? List.of(setting.param().split("\\|", -1))
                : List.of();
    }

    @Override
    public Optional<Given> given(Setting<?> setting) {
        if (!parsed.hasMatchedOption(setting.flag())) {
            return Optional.empty();
        }
        String name = setting.shortFlags().stream().findFirst().orElse(setting.flag());
        return Optional.of(new Given(texts(setting), name));
    }

    private List<String> texts(Setting<?> setting) {
        if (setting.isToggle()) {
            return List.of(String.valueOf(parsed.matchedOptionValue(setting.flag(), true)));
        }
        List<String> texts = parsed.matchedOptionValue(setting.flag(), List.of());
        return texts.isEmpty() ? List.of("") : texts;
    }

    /** Reports what is no setting at all. */
    void reportUnknown(List<Setting<?>> table, Problems problems) {
        List<String> known = table.stream().map(Setting::flag).toList();
        boolean afterUnknown = false;
        for (String word : parsed.unmatched()) {
            if (word.startsWith("-")) {
                String flag = word.replaceFirst("=.*", "");
                problems.add(flag + ": unknown option" + Suggestion.of(flag, known));
                afterUnknown = true;
            } else if (!afterUnknown) {
                problems.add(word + ": unexpected (expected: options only)");
            }
        }
    }

    private static String[] names(Setting<?> setting) {
        return Stream.concat(setting.shortFlags().stream(), Stream.of(setting.flag()))
                .toArray(String[]::new);
    }

    private static String description(Setting<?> setting) {
        List<String> parts = new ArrayList<>(List.of(setting.description()));
        if (!setting.isToggle()) {
            setting.fallback().filter(text -> !text.isEmpty()).ifPresent(text -> parts.add("(default: " + text + ")"));
        }
        return String.join(" ", parts);
    }
}
