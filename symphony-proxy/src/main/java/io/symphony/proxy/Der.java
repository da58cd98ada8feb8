package io.symphony.proxy;

import java.nio.ByteBuffer;

/** The little of the encoding DER that it takes to wrap an old kind of private key into PKCS#8. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};

    private Der() {}

    /**
     * A private key in the form of PKCS#1 or SEC 1 as PKCS#8. That also names the algorithm, and for EC the curve, just
     * as the encoded public key does.
     */
    static byte[] pkcs8(byte[] publicKey, byte[] privateKey) {
        ByteBuffer outer = ByteBuffer.wrap(publicKey);
        enter(outer);
        int from = outer.position();
        int length = enter(outer);
        byte[] algorithm = new byte[outer.position() + length - from];
        outer.position(from).get(algorithm);
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTETS, privateKey));
    }

    /** Goes to the content of the element that begins here: its length. */
    private static int enter(ByteBuffer in) {
        in.get();
        int first = in.get() & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = first < 0x80 ? 0 : first & 0x7f; i > 0; i--) {
            length = length << 8 | in.get() & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length + 4).put((byte) tag);
        putLength(out, length);
        for (byte[] part : parts) {
            out.put(part);
        }
        byte[] element = new byte[out.position()];
        out.flip().get(element);
        return element;
    }

    private static void putLength(ByteBuffer out, int length) {
        if (length < 0x80) {
            out.put((byte) length);
        } else if (length < 0x100) {
            out.put((byte) 0x81).put((byte) length);
        } else {
            out.put((byte) 0x82).putShort((short) length);
        }
    }
}
