package io.symphony.proxy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for bytes that break {@link HeadTarget}. Only the profile "fuzz" compiles and runs it. */
class HeadFuzz {

    private static final HeadTarget TARGET = new HeadTarget();

    static Stream<byte[]> seeds() {
        return Seeds.heads();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadAsAHeadInOneWay(byte[] input) {
        TARGET.run(input);
    }
}
