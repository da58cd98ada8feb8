package io.symphony.proxy.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last minutes, a sample a second, so that a dashboard that opens now shows more than now. */
final class Chart {

    static final int SECONDS = 600;

    private final Deque<Sample> samples = new ArrayDeque<>();

    synchronized void add(Sample sample) {
        if (samples.size() == SECONDS) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }
}
