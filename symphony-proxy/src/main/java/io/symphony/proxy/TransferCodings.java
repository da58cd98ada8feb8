package io.symphony.proxy;

/** Tells a Transfer-Encoding that this listener does not serve from one that is an attempt to confuse. */
final class TransferCodings {

    private static final byte[] CHUNKED = Octets.ascii("chunked");

    private TransferCodings() {}

    /** Why a value that is not exactly "chunked" is refused: a list of tokens that ends in chunked is only unknown. */
    static Refusal whyNot(byte[] bytes, int from, int to) {
        int at = from;
        int chunked = 0;
        while (true) {
            int stop = Octets.tokenEnd(bytes, at, to);
            boolean last = stop == to;
            if (stop == at || !last && bytes[stop] != ',') {
                return Refusal.BAD_CODING;
            }
            chunked += Octets.equal(bytes, at, stop, CHUNKED) ? 1 : 0;
            if (last) {
                return chunked == 1 && Octets.equal(bytes, at, stop, CHUNKED)
                        ? Refusal.UNKNOWN_CODING
                        : Refusal.BAD_CODING;
            }
            at = Octets.blanksEnd(bytes, stop + 1, to);
        }
    }
}
