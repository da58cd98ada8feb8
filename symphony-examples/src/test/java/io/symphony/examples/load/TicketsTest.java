package io.symphony.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final long START = 5_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aClosedLoopHandsOutEachRequestAtOnce() {
        Tickets tickets = new Tickets(Schedule.asFastAsAnswered(2), START, SECOND);

        assertThat(tickets.take()).isEqualTo(START);
        assertThat(tickets.take()).isEqualTo(START);
        assertThat(tickets.take()).isEqualTo(Schedule.NEVER);
    }

    @Test
    void anOpenLoopSpreadsThemEvenlyUntilTheEnd() {
        Tickets tickets = new Tickets(Schedule.evenly(4, 100), START, SECOND);

        assertThat(tickets.take()).isEqualTo(START);
        assertThat(tickets.take()).isEqualTo(START + SECOND / 4);
        assertThat(tickets.take()).isEqualTo(START + SECOND / 2);
        assertThat(tickets.take()).isEqualTo(START + SECOND / 4 * 3);
        assertThat(tickets.take()).isEqualTo(Schedule.NEVER);
    }

    @Test
    void requestsThatWereDueButNotDealtWithAreKnown() {
        Tickets tickets = new Tickets(Schedule.evenly(100, Long.MAX_VALUE), START, SECOND);

        assertThat(tickets.unsent(100, START + SECOND)).isZero();
        assertThat(tickets.unsent(60, START + 2 * SECOND)).isEqualTo(40);
        assertThat(tickets.unsent(10, START + SECOND / 2)).isEqualTo(40);
    }
}
