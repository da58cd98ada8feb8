package io.symphony.proxy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for bytes that break {@link ChunksTarget}. Only the profile "fuzz" compiles and runs it. */
class ChunksFuzz {

    private static final ChunksTarget TARGET = new ChunksTarget();

    static Stream<byte[]> seeds() {
        return Seeds.chunks();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadAsChunksInOneWay(byte[] input) {
        TARGET.run(input);
    }
}
