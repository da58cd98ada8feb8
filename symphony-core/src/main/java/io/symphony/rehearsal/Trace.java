package io.symphony.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;

/**
 * How many requests come in each second. Three shapes are at hand, an hour each; a file has yours.
 *
 * <pre>{@code
 * Trace.flashCrowd().times(2);
 * Trace.read(Path.of("monday.csv")); // lines of second,requests
 * }</pre>
 */
public final class Trace {

    static final int LONGEST_SECONDS = 7 * 24 * 3_600;
    static final int MOST_A_SECOND = 1_000_000;

    private final String name;
    private final int[] requests;

    private Trace(String name, int[] requests) {
        this.name = name;
        this.requests = requests;
    }

    /** A day's curve in an hour: 120 requests a second in the dead of night, 900 in the evening, 700 before noon. */
    public static Trace daily() {
        return Shapes.daily();
    }

    /** 50 requests a second; in the middle 1,000 within ten seconds, for five minutes, and then ever fewer. */
    public static Trace flashCrowd() {
        return Shapes.flashCrowd();
    }

    /** Five minutes of 300 requests a second and five of 900, in turn. */
    public static Trace square() {
        return Shapes.square();
    }

    /** So many requests in each of its seconds. */
    public static Trace of(String name, int... requestsOfEachSecond) {
        int[] copy = requestsOfEachSecond.clone();
        if (copy.length == 0 || copy.length > LONGEST_SECONDS) {
            throw new IllegalArgumentException(
                    "trace: " + copy.length + " seconds (expected: 1 to " + LONGEST_SECONDS + ", which is a week)");
        }
        for (int each : copy) {
            if (each < 0 || each > MOST_A_SECOND) {
                throw new IllegalArgumentException(
                        "trace: " + each + " requests in a second (expected: 0 to " + MOST_A_SECOND + ")");
            }
        }
        return new Trace(name, copy);
    }

    /** A rate that is a formula; what is left of a request in one second is carried over into the next. */
    static Trace of(String name, int seconds, IntToDoubleFunction rate) {
        int[] requests = new int[seconds];
        double carried = 0;
        for (int second = 0; second < seconds; second++) {
            carried += rate.applyAsDouble(second);
            requests[second] = (int) carried;
            carried -= requests[second];
        }
        return of(name, requests);
    }

    /**
     * Lines of second and requests, such as {@code 17,250}: the seconds ascend, and none came in one that is missing. A
     * first line that does not begin with a digit is a heading.
     *
     * @throws IllegalArgumentException if a line is something else; it says which
     */
    public static Trace read(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return of(String.valueOf(file.getFileName()), TraceLines.requestsOfEachSecond(lines));
        }
    }

    /** The same shape with so many times as many requests. */
    public Trace times(double factor) {
        return of(name, requests.length, second -> requests[second] * factor);
    }

    public String name() {
        return name;
    }

    public int seconds() {
        return requests.length;
    }

    public int requestsIn(int second) {
        return requests[second];
    }

    /** How many come in all. */
    public long total() {
        long sum = 0;
        for (int each : requests) {
            sum += each;
        }
        return sum;
    }

    @Override
    public String toString() {
        return name + ": " + total() + " requests in " + requests.length + " s";
    }
}
