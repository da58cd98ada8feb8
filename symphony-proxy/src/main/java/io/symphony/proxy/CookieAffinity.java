package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by a cookie that is set here: the client remembers which replica served it, so nothing is kept, there is no
 * limit, and a restart changes nothing. Each service has a cookie of its own.
 */
final class CookieAffinity implements Affinity {

    private static final byte[] COOKIE = Octets.ascii("cookie");
    private static final String PREFIX = "symphony-";
    private static final int DIGITS = 16;
    /** Odd, so that there is a number that takes it back: how many replicas there were is not for clients to read. */
    private static final long DISGUISE = 0x9e37_79b9_7f4a_7c15L;

    private static final long REVEAL = 0xf1de_83e1_9937_733dL;
    /** A value that somebody made up is no number of a replica. */
    private static final long MOST = 1L << 40;

    @Override
    public Bond of(RequestHead head, Peer client, String service) {
        return new Cookie(home(head, service), client, service);
    }

    /** What the first such cookie says that is one of ours. */
    private static @Nullable ReplicaId home(RequestHead head, String service) {
        FieldLines fields = head.fields();
        byte[] cookie = Octets.ascii(PREFIX + service + "=");
        for (int field = 0; field < fields.count(); field++) {
            if (fields.nameLength(field) == COOKIE.length && head.is(field, COOKIE)) {
                long number = number(head.bytes(), fields.valueStart(field), fields.valueEnd(field), cookie);
                if (number > 0) {
                    return new ReplicaId(service, number);
                }
            }
        }
        return null;
    }

    private static long number(byte[] bytes, int from, int to, byte[] cookie) {
        int end;
        for (int at = from; at < to; at = Octets.blanksEnd(bytes, end + 1, to)) {
            end = pairEnd(bytes, at, to);
            int value = at + cookie.length;
            if (Octets.trimmed(bytes, at, end) == value + DIGITS
                    && Arrays.equals(bytes, at, value, cookie, 0, cookie.length)) {
                long number = hex(bytes, value) * REVEAL;
                if (number > 0 && number < MOST) {
                    return number;
                }
            }
        }
        return 0;
    }

    private static int pairEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ';') {
            at++;
        }
        return at;
    }

    /** The number, or 0 where it is none. */
    private static long hex(byte[] bytes, int from) {
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = Octets.hex(bytes[from + i]);
            if (digit < 0) {
                return 0;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /** One request, with the cookie that its client has or gets. */
    private static final class Cookie extends SessionBond {

        private final Peer client;
        private final String service;

        Cookie(@Nullable ReplicaId home, Peer client, String service) {
            super(home);
            this.client = client;
            this.service = service;
        }

        @Override
        public Optional<String> cookie(ReplicaId replica) {
            if (replica.equals(home())) {
                return Optional.empty();
            }
            String value = HexFormat.of().toHexDigits(replica.number() * DISGUISE);
            String secure = client.isSecure() ? "; Secure" : "";
            return Optional.of(PREFIX + service + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + secure);
        }
    }
}
