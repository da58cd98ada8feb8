package io.symphony.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where a person reads us: the two outputs, and whether colour and moving lines make sense there. At its foot there may be
 * lines that are written again and again; whatever else is said goes above them.
 */
final class Terminal {
    private static final String RESET = "\u001b[0m";
    private static final String ERASE_BELOW = "\r\u001b[J";
    private static final String CUT_LINES = "\u001b[?7l";
    private static final String WRAP_LINES = "\u001b[?7h";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private List<String> foot = List.of();

    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

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

    PrintStream out() {
        return out;
    }

    boolean isInteractive() {
        return interactive;
    }

    synchronized void line(String text) {
        erase();
        out.println(text);
        draw();
    }

    synchronized void error(String text) {
        erase();
        out.flush();
        err.println(text);
        err.flush();
        draw();
    }

    /** Puts these lines at the foot, in the place of those that are there. Only where lines can move. */
    synchronized void foot(List<String> lines) {
        erase();
        foot = List.copyOf(lines);
        draw();
    }

    private void erase() {
        if (!foot.isEmpty()) {
            out.print("\u001b[" + foot.size() + "A" + ERASE_BELOW);
        }
    }

    /** A line that is longer than the terminal is wide is cut, or there would be more to erase than we know of. */
    private void draw() {
        if (!foot.isEmpty()) {
            out.println(CUT_LINES + String.join(System.lineSeparator(), foot) + WRAP_LINES);
        }
        out.flush();
    }

    /** Text in a colour, where there is colour. */
    String in(Colour colour, String text) {
        return interactive ? colour.code + text + RESET : text;
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
