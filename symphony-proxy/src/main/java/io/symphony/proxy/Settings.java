package io.symphony.proxy;

import io.symphony.spi.Ticker;
import org.jspecify.annotations.Nullable;

/** What all loops of one listener are told. */
record Settings(
        Routes routes,
        HeaderPolicy headers,
        Limits limits,
        Timeouts timeouts,
        Nanos nanos,
        int retryPercent,
        int retryFloor,
        MaintenancePage maintenance,
        @Nullable AccessLog accessLog,
        @Nullable Affinity affinity,
        @Nullable ClientRates rates,
        @Nullable SharedCache cache,
        @Nullable FirstAnswers answers,
        Room room,
        Names names,
        @Nullable Handshakes handshakes,
        Ticker ticker) {

    /** The timeouts as the loops use them. */
    record Nanos(
            long firstByte,
            long head,
            long keepAlive,
            long body,
            long connect,
            long responseHead,
            long stream,
            long tunnel,
            long pooled) {

        static Nanos of(Timeouts timeouts) {
            return new Nanos(
                    timeouts.firstByte().toNanos(),
                    timeouts.head().toNanos(),
                    timeouts.keepAlive().toNanos(),
                    timeouts.body().toNanos(),
                    timeouts.connect().toNanos(),
                    timeouts.responseHead().toNanos(),
                    timeouts.stream().toNanos(),
                    timeouts.tunnel().toNanos(),
                    timeouts.pooled().toNanos());
        }
    }
}
