package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages sound messages at random, from a seed that a failure shows and {@code -Dsymphony.seed} replays. */
final class Damage {

    static final List<String> REQUESTS = List.of(
            "GET /a?b=c HTTP/1.1\r\nHost: h:80\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nVia: 1.1 x\r\n\r\n",
            "POST http://h/ HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: [::1]\r\nX-Forwarded-For: 1\r\nTE: trailers\r\n\r\n",
            "OPTIONS * HTTP/1.0\r\nMax-Forwards: 3\r\nConnection: keep-alive\r\nKeep-Alive: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");

    static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\n",
            "HTTP/1.1 404 \r\nTransfer-Encoding: chunked\r\nConnection: close, X\r\nX: y\r\n\r\n",
            "HTTP/1.0 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");

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

    private final long seed;
    private final Random random;

    Damage() {
        this(Long.getLong("symphony.seed", System.nanoTime()));
    }

    Damage(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** One of these messages, damaged in up to three places. */
    byte[] to(List<String> sound) {
        StringBuilder text = new StringBuilder(sound.get(random.nextInt(sound.size())));
        for (int i = random.nextInt(3); i >= 0 && text.length() > 1; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return Octets.ascii(text.toString());
    }

    /** Somewhere in these bytes, the end included. */
    int cut(byte[] bytes) {
        return random.nextInt(bytes.length + 1);
    }

    String shown(byte[] bytes) {
        return "seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1) + Arrays.toString(bytes);
    }
}
