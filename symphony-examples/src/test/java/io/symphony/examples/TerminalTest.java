package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final String CUT = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String TWO_UP_AND_ERASE = "\u001b[2A\r\u001b[J";

    private final Printed printed = new Printed();
    private final Terminal terminal = printed.terminal();

    @Test
    void whatIsSaidGoesAboveTheFoot() {
        terminal.foot(List.of("one", "two"));
        terminal.line("said");

        assertThat(printed.out())
                .isEqualTo(
                        CUT + "one\ntwo" + WRAP + "\n" + TWO_UP_AND_ERASE + "said\n" + CUT + "one\ntwo" + WRAP + "\n");
    }

    @Test
    void aNewFootTakesThePlaceOfTheFormerOne() {
        terminal.foot(List.of("one", "two"));
        terminal.foot(List.of("three"));
        terminal.foot(List.of());
        terminal.line("after");

        assertThat(printed.out()).endsWith(CUT + "three" + WRAP + "\n\u001b[1A\r\u001b[Jafter\n");
    }

    @Test
    void withoutAFootLinesAreJustLines() {
        terminal.line("one");
        terminal.error("two");

        assertThat(printed.out()).isEqualTo("one\n");
        assertThat(printed.err()).isEqualTo("two\n");
    }
}
