package io.symphony.examples;

import io.symphony.examples.Terminal.Colour;
import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** What happens, one line each: when, what, whom, why. */
record Journal(Terminal terminal, Clock clock) implements EventListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final Map<Event.Kind, Colour> COLOURS = Map.of(
            Event.Kind.SCALED, Colour.BOLD,
            Event.Kind.READY, Colour.GREEN,
            Event.Kind.SUSPECT, Colour.YELLOW,
            Event.Kind.DIED, Colour.RED,
            Event.Kind.START_FAILED, Colour.RED,
            Event.Kind.TROUBLE, Colour.RED);

    @Override
    public void on(Event event) {
        String what = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        write(event.at(), what, COLOURS.getOrDefault(event.kind(), Colour.FAINT), event.toString());
    }

    /** Something that is no event of the orchestrator. */
    void note(String what, String text) {
        write(clock.instant(), what, Colour.CYAN, text);
    }

    private void write(Instant at, String what, Colour colour, String text) {
        String padded = String.format(Locale.ROOT, "%-12s", what);
        terminal.line(TIME.format(at.atZone(clock.getZone())) + "  " + terminal.in(colour, padded) + "  " + text);
    }
}
