package io.symphony.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;

/** The lines of a trace as they are read: second,requests. */
final class TraceLines {

    private int[] requests = new int[3_600];
    private int size;
    private int number;

    private TraceLines() {}

    static int[] requestsOfEachSecond(BufferedReader lines) throws IOException {
        TraceLines read = new TraceLines();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.number++;
            boolean heading = read.number == 1 && !line.isEmpty() && !Character.isDigit(line.charAt(0));
            if (!heading && !line.isBlank()) {
                read.take(line);
            }
        }
        return Arrays.copyOf(read.requests, read.size);
    }

    private void take(String line) {
        String[] parts = line.split("[,;\t]", -1);
        if (parts.length != 2) {
            throw unexpected(line);
        }
        int second = number(parts[0], Trace.LONGEST_SECONDS - 1, line);
        if (second < size) {
            throw unexpected(line);
        }
        put(second, number(parts[1], Trace.MOST_A_SECOND, line));
    }

    private void put(int second, int count) {
        if (second >= requests.length) {
            requests = Arrays.copyOf(requests, Math.max(second + 1, requests.length * 2));
        }
        requests[second] = count;
        size = second + 1;
    }

    private int number(String text, int most, String line) {
        try {
            long value = Math.round(Double.parseDouble(text.strip()));
            if (value >= 0 && value <= most) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            throw unexpected(line);
        }
        throw unexpected(line);
    }

    private IllegalArgumentException unexpected(String line) {
        return new IllegalArgumentException("line " + number + ": " + line
                + " (expected: second,requests, such as 17,250; the seconds ascend to " + (Trace.LONGEST_SECONDS - 1)
                + ", and there are at most " + Trace.MOST_A_SECOND + " requests in one)");
    }
}
