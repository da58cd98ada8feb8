package io.symphony.examples;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands as picocli knows them, for parsing and for help. */
final class Grammar {
    static final String PROGRAM = "symphony";
    private static final int WIDTH = 110;

    private Grammar() {}

    static CommandLine of(List<Command> commands) {
        CommandSpec root = CommandSpec.create().name(PROGRAM).mixinStandardHelpOptions(true);
        root.usageMessage()
                .header("Symphony keeps the replicas of a service running, well, and as many as its traffic needs.", "")
                .customSynopsis(PROGRAM + " [COMMAND] [OPTIONS]")
                .description("", "Without a command: demo. " + PROGRAM + " COMMAND --help says more of each.", "")
                .footer(examples(commands.stream()
                        .flatMap(command -> command.examples().stream().limit(1))
                        .toList()));
        commands.forEach(command -> add(root, command.words(), command));
        return line(root);
    }

    /** A command of two words stands below one that has the first word for its name. */
    private static void add(CommandSpec above, List<String> words, Command command) {
        if (words.size() == 1) {
            above.addSubcommand(words.get(0), spec(command));
            return;
        }
        CommandSpec group = CommandSpec.create().name(words.get(0)).mixinStandardHelpOptions(true);
        group.usageMessage().header(words.get(1) + ": " + command.headline());
        add(group, words.subList(1, words.size()), command);
        above.addSubcommand(words.get(0), group);
    }

    /** One command by itself. */
    static CommandLine of(Command command) {
        CommandLine line = line(spec(command));
        line.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, new ThemedOptions(command.themes()));
        return line;
    }

    private static CommandLine line(CommandSpec spec) {
        return new CommandLine(spec)
                .setUnmatchedArgumentsAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(WIDTH);
    }

    private static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name()).mixinStandardHelpOptions(true);
        spec.usageMessage()
                .header(command.headline())
                .customSynopsis(PROGRAM + " " + command.name() + " [OPTIONS]")
                .description("", command.summary(), "")
                .sortOptions(false)
                .footer(examples(command.examples()));
        command.settings().forEach(setting -> spec.addOption(Flags.option(setting)));
        return spec;
    }

    private static String[] examples(List<Command.Example> examples) {
        String lines = examples.stream()
                .map(example -> "  " + example.line() + "\n      " + example.does())
                .collect(Collectors.joining("\n"));
        return new String[] {"", "Examples:", lines};
    }
}
