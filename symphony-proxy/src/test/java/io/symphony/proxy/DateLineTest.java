package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DateLineTest {

    @Test
    void itIsWrittenOnceASecond() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:59.100Z"));
        DateLine date = new DateLine(now::get);
        byte[] first = date.bytes();
        assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("Date: Sun, 01 Nov 2026 00:00:59 GMT\r\n");
        now.set(Instant.parse("2026-11-01T00:00:59.999Z"));
        assertThat(date.bytes()).isSameAs(first);
        now.set(Instant.parse("2026-11-01T00:01:00Z"));
        assertThat(new String(date.bytes(), StandardCharsets.US_ASCII)).contains(" 00:01:00 GMT");
    }

    @Test
    void aDayBelowTenHasTwoDigits() {
        String refusal = new String(
                Reply.refused(Refusal.NO_HOST, Limits.defaults()).bytes(ResponseRewrite.Persistence.CLOSE),
                StandardCharsets.US_ASCII);
        assertThat(refusal)
                .containsPattern("\r\nDate: [A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT\r\n");
    }
}
