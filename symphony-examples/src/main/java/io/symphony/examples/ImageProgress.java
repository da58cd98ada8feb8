package io.symphony.examples;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How an image on its way gets on: one line that moves where somebody watches, otherwise the steps alone. It is told on
 * other threads.
 */
final class ImageProgress implements Consumer<String>, AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private String what = "";
    private long beganNanos;

    ImageProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    synchronized void begin(String sentence) {
        what = sentence;
        beganNanos = System.nanoTime();
        terminal.line(sentence + " ...");
    }

    @Override
    public synchronized void accept(String text) {
        if (terminal.isInteractive()) {
            terminal.foot(List.of(text.lines().findFirst().orElse("")));
        } else if (text.startsWith("Step ")) {
            terminal.line("  " + text);
        }
    }

    synchronized void done() {
        close();
        double seconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
        terminal.line(String.format(Locale.ROOT, "%s: done in %.1f s", what, seconds));
    }

    /** Takes the line that moves away. */
    @Override
    public synchronized void close() {
        terminal.foot(List.of());
    }
}
