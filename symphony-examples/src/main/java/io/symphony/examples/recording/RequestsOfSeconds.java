package io.symphony.examples.recording;

import io.symphony.scaling.Deliberation;
import java.util.Arrays;

/** How many requests came in each second of a recording, counted up line by line. */
final class RequestsOfSeconds {
    private int[] requests = new int[3_600];
    private int seconds;
    private long before;

    boolean take(Deliberation deliberation) {
        int second = Math.toIntExact(deliberation.sample().elapsed().toSeconds());
        if (second >= requests.length) {
            requests = Arrays.copyOf(requests, 2 * second);
        }
        if (deliberation.counted()) {
            requests[second] += Math.toIntExact(deliberation.sample().requests() - before);
            before = deliberation.sample().requests();
        }
        seconds = second + 1;
        return true;
    }

    int[] toArray() {
        return Arrays.copyOf(requests, seconds);
    }
}
