package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged messages: whatever is left of their meaning is one meaning. */
class MutationTest {

    private static final int ROUNDS = 20_000;

    private static final List<String> CHUNKS = List.of(
            "5\r\nhello\r\n0\r\n\r\n",
            "a;x=\"y\"\r\n0123456789\r\n1\r\nz\r\n0\r\nX-T: v\r\n\r\n",
            "00002\r\nhi\r\n0;q\r\nA: b\r\nC:\r\n\r\n");

    private final Damage damage = new Damage();
    private final RequestHead head = new RequestHead(32, 256);
    private final RequestHead again = new RequestHead(48, 256);
    private final RequestRewrite rewrite =
            new RequestRewrite(HeaderPolicy.defaults().withForwarded());
    private final HeadWriter writer = new HeadWriter(8_192);
    private final Peer peer = new Peer(new InetSocketAddress("10.0.0.9", 1), new InetSocketAddress("10.0.0.2", 80));

    @Test
    void aDamagedHeadIsReadTheSameWayWhereverItIsCut() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage.to(Damage.REQUESTS);
            int whole = head.parse(bytes, 0, bytes.length);
            int cut = damage.cut(bytes);
            int part = head.parse(bytes, 0, cut);
            if (whole > 0 && cut < whole) {
                assertThat(part).as(damage.shown(bytes)).isEqualTo(Head.INCOMPLETE);
            } else if (part != Head.INCOMPLETE) {
                assertThat(part).as(damage.shown(bytes)).isEqualTo(whole);
            }
        }
    }

    @Test
    void whatIsForwardedOfADamagedHeadIsSoundAndMeansTheSame() {
        int forwarded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage.to(Damage.REQUESTS);
            if (head.parse(bytes, 0, bytes.length) > 0 && head.hops() != 0) {
                forwarded++;
                rewrite.write(head, peer, writer);
                int length = again.parse(writer.bytes(), 0, writer.length());
                assertThat(length).as(damage.shown(bytes)).isEqualTo(writer.length());
                assertThat(again.contentLength()).as(damage.shown(bytes)).isEqualTo(head.contentLength());
                assertThat(again.chunked()).as(damage.shown(bytes)).isEqualTo(head.chunked());
                assertThat(again.minor()).isEqualTo(1);
                assertThat(again.connection().namesFields())
                        .as(damage.shown(bytes))
                        .isFalse();
            }
        }
        assertThat(forwarded).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void damagedChunksAreReadTheSameWayWhereverTheyAreCut() {
        Body whole = new Body(64);
        Body parts = new Body(64);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage.to(CHUNKS);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            whole.chunked();
            int taken = whole.take(buffer, 0, bytes.length);
            parts.chunked();
            int cut = damage.cut(bytes);
            int first = parts.take(buffer, 0, cut);
            int second = first < cut ? 0 : parts.take(buffer, cut, bytes.length);
            boolean refused = first == Body.REFUSED || second == Body.REFUSED;
            assertThat(refused).as(damage.shown(bytes)).isEqualTo(taken == Body.REFUSED);
            if (!refused) {
                assertThat(first + second).as(damage.shown(bytes)).isEqualTo(taken);
                assertThat(parts.ended()).as(damage.shown(bytes)).isEqualTo(whole.ended());
            }
        }
    }
}
