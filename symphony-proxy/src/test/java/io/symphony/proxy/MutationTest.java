package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random damage to sound messages, from a seed that a failure prints and {@code -Dsymphony.seed} replays. */
class MutationTest {

    private static final int ROUNDS = 20_000;
    private static final long SEED = Long.getLong("symphony.seed", System.nanoTime());

    private static final List<String> REQUESTS = List.of(
            "GET /a?b=c HTTP/1.1\r\nHost: h:80\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nVia: 1.1 x\r\n\r\n",
            "POST http://h/ HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: [::1]\r\nX-Forwarded-For: 1\r\nTE: trailers\r\n\r\n",
            "OPTIONS * HTTP/1.0\r\nMax-Forwards: 3\r\nConnection: keep-alive\r\nKeep-Alive: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");

    private static final List<String> CHUNKS = List.of(
            "5\r\nhello\r\n0\r\n\r\n",
            "a;x=\"y\"\r\n0123456789\r\n1\r\nz\r\n0\r\nX-T: v\r\n\r\n",
            "00002\r\nhi\r\n0;q\r\nA: b\r\nC:\r\n\r\n");

    /** What attackers put where it does not belong. */
    private static final String[] PIECES = {
        "\r",
        "\n",
        "\r\n",
        "\r\n\r\n",
        " ",
        "\t",
        ":",
        ",",
        ";",
        "\0",
        "\u007f",
        "\u0085",
        "\u00a0",
        "0",
        "x",
        "chunked",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: evil\r\n",
        "HTTP/1.1",
        "GET / HTTP/1.1\r\n"
    };

    private final Random random = new Random(SEED);
    private final RequestHead head = new RequestHead(32, 256);
    private final RequestHead again = new RequestHead(48, 256);
    private final RequestRewrite rewrite =
            new RequestRewrite(HeaderPolicy.defaults().withForwarded());
    private final HeadWriter writer = new HeadWriter(8_192);
    private final Peer peer = new Peer(new InetSocketAddress("10.0.0.9", 1), new InetSocketAddress("10.0.0.2", 80));

    @Test
    void aDamagedHeadIsReadTheSameWayWhereverItIsCut() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(REQUESTS);
            int whole = head.parse(bytes, 0, bytes.length);
            int cut = random.nextInt(bytes.length + 1);
            int part = head.parse(bytes, 0, cut);
            if (whole > 0 && cut < whole) {
                assertThat(part).as(shown(bytes)).isEqualTo(Head.INCOMPLETE);
            } else if (part != Head.INCOMPLETE) {
                assertThat(part).as(shown(bytes)).isEqualTo(whole);
            }
        }
    }

    @Test
    void whatIsForwardedOfADamagedHeadIsSoundAndMeansTheSame() {
        int forwarded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(REQUESTS);
            if (head.parse(bytes, 0, bytes.length) > 0 && head.hops() != 0) {
                forwarded++;
                rewrite.write(head, peer, writer);
                int length = again.parse(writer.bytes(), 0, writer.length());
                assertThat(length).as(shown(bytes)).isEqualTo(writer.length());
                assertThat(again.contentLength()).as(shown(bytes)).isEqualTo(head.contentLength());
                assertThat(again.chunked()).as(shown(bytes)).isEqualTo(head.chunked());
                assertThat(again.minor()).isEqualTo(1);
                assertThat(again.connection().namesFields()).as(shown(bytes)).isFalse();
            }
        }
        assertThat(forwarded).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void damagedChunksAreReadTheSameWayWhereverTheyAreCut() {
        Body whole = new Body(64);
        Body parts = new Body(64);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(CHUNKS);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            whole.chunked();
            int taken = whole.take(buffer, 0, bytes.length);
            parts.chunked();
            int cut = random.nextInt(bytes.length + 1);
            int first = parts.take(buffer, 0, cut);
            int second = first < cut ? 0 : parts.take(buffer, cut, bytes.length);
            boolean refused = first == Body.REFUSED || second == Body.REFUSED;
            assertThat(refused).as(shown(bytes)).isEqualTo(taken == Body.REFUSED);
            if (!refused) {
                assertThat(first + second).as(shown(bytes)).isEqualTo(taken);
                assertThat(parts.ended()).as(shown(bytes)).isEqualTo(whole.ended());
            }
        }
    }

    private byte[] damaged(List<String> sound) {
        StringBuilder text = new StringBuilder(sound.get(random.nextInt(sound.size())));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
            if (text.length() == 0) {
                text.append(' ');
            }
        }
        return Octets.ascii(text.toString());
    }

    private static String shown(byte[] bytes) {
        return "seed " + SEED + ": " + new String(bytes, StandardCharsets.ISO_8859_1) + Arrays.toString(bytes);
    }
}
