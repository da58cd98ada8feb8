package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Problems.WrongConfiguration;
import io.symphony.examples.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands under one roof: finds the one that is meant, configures it, runs it. */
final class Program {
    private static final Set<String> HELP = Set.of("-h", "--help", "help");
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private final List<Command> commands;
    private final Map<String, String> environment;
    private final Terminal terminal;

    /** The first of the commands is meant where none is named. */
    Program(List<Command> commands, Map<String, String> environment, Terminal terminal) {
        this.commands = List.copyOf(commands);
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    /** Runs a command line and returns the exit code. */
    int run(String... words) throws InterruptedException {
        String first = words.length == 0 ? commands.get(0).name() : words[0];
        if (HELP.contains(first)) {
            return help(Arrays.copyOfRange(words, 1, words.length));
        }
        if (VERSION.contains(first)) {
            terminal.line(Grammar.PROGRAM + " " + Version.text());
            return Command.DONE;
        }
        if (words.length == 0 || first.startsWith("-")) {
            return run(commands.get(0), words);
        }
        Optional<Command> command = find(words);
        if (command.isEmpty()) {
            return unknown(first);
        }
        return run(
                command.get(), Arrays.copyOfRange(words, command.get().words().size(), words.length));
    }

    private int run(Command command, String... words) throws InterruptedException {
        CommandLine line = Grammar.of(command);
        try {
            ParseResult parsed = line.parseArgs(words);
            if (parsed.isUsageHelpRequested()) {
                return usage(line);
            }
            if (parsed.isVersionHelpRequested()) {
                return run("--version");
            }
            return command.run(configure(command, new Flags(parsed)), terminal);
        } catch (WrongConfiguration | ParameterException e) {
            terminal.error(String.valueOf(e.getMessage()));
            terminal.error("Try: " + Grammar.PROGRAM + " " + command.name() + " --help");
            return Command.WRONG;
        }
    }

    private Configuration configure(Command command, Flags flags) {
        Problems problems = new Problems();
        flags.reportUnknown(command.settings(), problems);
        Configuration configuration = command.configure(flags, environment, problems);
        problems.throwIfAny();
        return configuration;
    }

    private int help(String... topic) {
        return find(topic).map(command -> usage(Grammar.of(command))).orElseGet(() -> usage(Grammar.of(commands)));
    }

    private int usage(CommandLine line) {
        terminal.out()
                .print(line.getUsageMessage(
                        terminal.isInteractive() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        terminal.out().flush();
        return Command.DONE;
    }

    private int unknown(String word) {
        List<String> names = commands.stream().map(Command::name).toList();
        terminal.error(word + ": unknown command" + Suggestion.of(word, names) + " (expected: "
                + String.join(", ", names) + ")");
        terminal.error("Try: " + Grammar.PROGRAM + " --help");
        return Command.WRONG;
    }

    private Optional<Command> find(String... words) {
        String line = String.join(" ", words) + " ";
        return commands.stream()
                .filter(command -> line.startsWith(command.name() + " "))
                .findFirst();
    }
}
