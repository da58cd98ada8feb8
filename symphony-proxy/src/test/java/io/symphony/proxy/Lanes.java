package io.symphony.proxy;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;

/** Plays the cases of a corpus, some at a time, each lane with a listener of its own, and reports them one by one. */
final class Lanes<L extends Closeable> implements Closeable {

    private static final int LANES = 4;

    /** Makes a lane. */
    interface Maker<L> {
        L make() throws Exception;
    }

    /** Plays one case in a lane that plays no other meanwhile; throws what is wrong. */
    interface Player<L> {
        void play(L lane, Corpus.Case sent) throws Exception;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(LANES);
    private final List<L> all = new ArrayList<>();
    private final BlockingQueue<L> free = new ArrayBlockingQueue<>(LANES);

    Lanes(Maker<L> maker) throws Exception {
        for (int i = 0; i < LANES; i++) {
            all.add(maker.make());
        }
        free.addAll(all);
    }

    List<DynamicTest> play(List<Corpus.Case> cases, Player<L> player) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Corpus.Case sent : cases) {
            if (sent.has("awaits")) {
                tests.add(DynamicTest.dynamicTest(sent.id(), () -> abort("awaits " + sent.all("awaits"))));
                continue;
            }
            Future<?> played = threads.submit(() -> {
                L lane = free.take();
                try {
                    player.play(lane, sent);
                } finally {
                    free.add(lane);
                }
                return sent;
            });
            tests.add(DynamicTest.dynamicTest(sent.id(), () -> join(played, sent)));
        }
        return tests;
    }

    private static void join(Future<?> played, Corpus.Case sent) throws Exception {
        try {
            played.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(sent.id() + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (L lane : all) {
            lane.close();
        }
    }
}
