package io.symphony.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/** Where a person reads us: the two outputs, and whether colour and moving lines make sense there. */
record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {
    private static final String RESET = "\u001b[0m";

    static Terminal ofProcess(Map<String, String> environment) {
        boolean watched = isTerminal() && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                System.out,
                System.err,
                watched && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** The same without colour and moving lines. */
    Terminal plain() {
        return new Terminal(out, err, false);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void error(String text) {
        err.println(text);
        err.flush();
    }

    /** Text in a colour, where there is colour. */
    String in(Colour colour, String text) {
        return isInteractive ? colour.code + text + RESET : text;
    }

    /** Up to JDK 21 there is a console only on a terminal; from 22 on there always is one, and it can say. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** The few colours that we use. */
    enum Colour {
        RED("\u001b[31m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        CYAN("\u001b[36m"),
        FAINT("\u001b[2m"),
        BOLD("\u001b[1m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
