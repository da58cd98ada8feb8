package io.symphony.proxy;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for bytes that break {@link ExchangeTarget}. Only the profile "fuzz" compiles and runs it. */
class ExchangeFuzz {

    private static ExchangeTarget target;

    @BeforeAll
    static void open() throws IOException {
        target = new ExchangeTarget();
    }

    @AfterAll
    static void close() throws IOException {
        target.close();
    }

    static Stream<byte[]> seeds() {
        return Seeds.exchanges();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyExchangeIsSoundAtBothEnds(byte[] input) throws IOException {
        // To Jazzer a connection is a finding; these stay on loopback.
        BugDetectors.allowNetworkConnections();
        target.run(input);
    }
}
