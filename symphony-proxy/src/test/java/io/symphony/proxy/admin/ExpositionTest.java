package io.symphony.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.testing.PrometheusText;
import io.symphony.testing.PrometheusText.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void anyTextIsReadBackAsItWas() {
        String text = "back\\slash \"quotes\"\nnext line, {braces} \u00e9\u4e2d";
        String page = new Exposition()
                .family("load", "gauge", "A \"help\" with \\ and\na line end.")
                .sample("load", Map.of("who", text), 0.25)
                .toString();

        assertThat(page).contains("# HELP load A \"help\" with \\\\ and\\na line end.\n");
        assertThat(PrometheusText.parse(page).samples()).containsExactly(new Sample("load", Map.of("who", text), 0.25));
    }
}
