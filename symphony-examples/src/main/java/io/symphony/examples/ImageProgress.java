package io.symphony.examples;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * How an image on its way gets on: one line that moves where somebody watches, otherwise the steps alone. It is told on
 * other threads.
 */
final class ImageProgress implements Consumer<String>, AutoCloseable {
    private static final String FROM_THE_LEFT = "\r\u001b[K";
    private static final int WIDTH = 78;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private String what = "";
    private long beganNanos;
    private boolean moving;

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
            String line = text.lines().findFirst().orElse("");
            terminal.out().print(FROM_THE_LEFT + line.substring(0, Math.min(WIDTH, line.length())));
            terminal.out().flush();
            moving = true;
        } else if (text.startsWith("Step ")) {
            terminal.line("  " + text);
        }
    }

    synchronized void done() {
        close();
        double seconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
        terminal.line(String.format(Locale.ROOT, "%s: done in %.1f s", what, seconds));
    }

    /** Leaves the line that moves. */
    @Override
    public synchronized void close() {
        if (moving) {
            terminal.out().print(FROM_THE_LEFT);
            terminal.out().flush();
            moving = false;
        }
    }
}
