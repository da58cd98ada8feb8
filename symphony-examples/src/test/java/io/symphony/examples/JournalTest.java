package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Printed printed = new Printed();
    private final Journal journal = new Journal(printed.terminal(), Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void anEventIsOneLineWithItsTimeItsKindAndItsReason() {
        journal.on(new Event(
                1, NOON, Kind.SCALED, Optional.empty(), "1 -> 3: 41 requests in the last 5 s at 20 a replica"));
        journal.on(new Event(1, NOON, Kind.START_FAILED, Optional.of(new ReplicaId("acts", 2)), "no such file"));
        journal.note("traffic", "now 50 requests a second");

        assertThat(printed.out().lines())
                .containsExactly(
                        "12:00:00  scaled        1 -> 3: 41 requests in the last 5 s at 20 a replica",
                        "12:00:00  start-failed  acts-2: no such file",
                        "12:00:00  traffic       now 50 requests a second");
    }

    @Test
    void onATerminalTheKindHasAColour() {
        Terminal terminal = printed.terminal();
        Terminal coloured = new Terminal(terminal.out(), terminal.out(), true);

        new Journal(coloured, Clock.fixed(NOON, ZoneOffset.UTC))
                .on(new Event(1, NOON, Kind.READY, Optional.of(new ReplicaId("acts", 1)), "well"));

        assertThat(printed.out()).isEqualTo("12:00:00  \u001b[32mready       \u001b[0m  acts-1: well\n");
    }
}
