package io.symphony.routing;

/** Stirs a number until every bit depends on every other (the finalizer of splitmix64). */
final class Mix {

    private Mix() {}

    static long of(long value) {
        long z = value + 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
