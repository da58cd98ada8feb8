package io.symphony.proxy;

import java.util.stream.IntStream;

/**
 * The status codes that are told apart where requests are counted: those that are registered, and 0 for none. Any other
 * means what the first of its class does (RFC 9110, 15), and one that is in no class is a server's error.
 */
final class StatusCodes {

    private static final int SERVER_ERROR = 500;
    private static final int[][] RANGES = {
        {0, 0},
        {100, 104},
        {200, 208},
        {226, 226},
        {300, 308},
        {400, 418},
        {421, 426},
        {428, 429},
        {431, 431},
        {451, 451},
        {500, 508},
        {510, 511}
    };
    private static final int[] CODES = IntStream.range(0, RANGES.length)
            .flatMap(i -> IntStream.rangeClosed(RANGES[i][0], RANGES[i][1]))
            .toArray();
    private static final byte[] SLOTS = slots();

    static final int COUNT = CODES.length;

    private StatusCodes() {}

    /** The number, from 0, of the code that this one counts as. */
    static int slot(int status) {
        return SLOTS[status];
    }

    static int code(int slot) {
        return CODES[slot];
    }

    private static byte[] slots() {
        byte[] slots = new byte[1_000];
        for (int i = 0; i < CODES.length; i++) {
            slots[CODES[i]] = (byte) i;
        }
        for (int status = 1; status < slots.length; status++) {
            if (slots[status] == 0) {
                slots[status] = slots[status >= 100 && status < 600 ? status / 100 * 100 : SERVER_ERROR];
            }
        }
        return slots;
    }
}
