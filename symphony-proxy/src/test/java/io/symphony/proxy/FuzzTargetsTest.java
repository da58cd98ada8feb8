package io.symphony.proxy;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs each fuzz target on its seeds and on every input that once broke it. The profile "fuzz" looks for new ones; what
 * it finds it leaves in {@code target}, and a copy belongs into {@code HeadFuzzInputs}, {@code ChunksFuzzInputs} or
 * {@code ExchangeFuzzInputs} beside the corpora.
 */
class FuzzTargetsTest {

    /** What a target does with one input. */
    private interface Target {
        void run(byte[] input) throws IOException;
    }

    @Test
    void anyBytesAreReadAsAHeadInOneWay() throws Exception {
        runAll(Seeds.heads(), "HeadFuzz", new HeadTarget()::run);
    }

    @Test
    void anyBytesAreReadAsChunksInOneWay() throws Exception {
        runAll(Seeds.chunks(), "ChunksFuzz", new ChunksTarget()::run);
    }

    @Test
    void anyExchangeIsSoundAtBothEnds() throws Exception {
        try (ExchangeTarget target = new ExchangeTarget()) {
            runAll(Seeds.exchanges(), "ExchangeFuzz", target::run);
        }
    }

    private static void runAll(Stream<byte[]> seeds, String fuzz, Target target) throws Exception {
        for (byte[] seed : seeds.toList()) {
            run(target, seed, new String(seed, StandardCharsets.ISO_8859_1));
        }
        for (Path input : inputs(fuzz)) {
            run(target, Files.readAllBytes(input), input.toString());
        }
    }

    private static void run(Target target, byte[] input, String name) {
        try {
            target.run(input);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("input: " + name, e);
        }
    }

    private static List<Path> inputs(String fuzz) throws Exception {
        URL folder = FuzzTargetsTest.class.getResource(fuzz + "Inputs");
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
