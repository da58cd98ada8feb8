package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import java.util.List;
import picocli.AutoComplete;

/** A script with which bash and zsh complete commands and options. */
final class CompletionCommand implements Command {
    private final List<Command> others;

    CompletionCommand(List<Command> others) {
        this.others = List.copyOf(others);
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String headline() {
        return "Prints what bash or zsh needs to complete our commands and options";
    }

    @Override
    public String summary() {
        return """
            Prints a script for bash and zsh. It completes a command that is called symphony, such as
            alias symphony='java -jar /opt/symphony/symphony.jar'.\
            """;
    }

    @Override
    public List<Example> examples() {
        return List.of(new Example(
                "symphony completion > ~/.symphony-completion",
                "then, in .bashrc or .zshrc:" + " source ~/.symphony-completion"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public int run(Configuration values, Terminal terminal) {
        terminal.out().print(AutoComplete.bash(Grammar.PROGRAM, Grammar.of(others)));
        terminal.out().flush();
        return DONE;
    }
}
