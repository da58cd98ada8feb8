package io.symphony.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A replica that answers the target "/case" with bytes that were written down, and any other with the target. */
final class Scripted implements AutoCloseable {

    /** How a connection goes on behind the bytes. */
    enum Then {
        CLOSE,
        RESET,
        STAY
    }

    private record Answer(List<byte[]> pieces, Then then) {}

    private final Backend backend;
    private volatile Answer answer = new Answer(List.of(), Then.CLOSE);

    Scripted() throws IOException {
        backend = Backend.playing(this::play);
    }

    Backend backend() {
        return backend;
    }

    void say(List<byte[]> pieces, Then then) {
        answer = new Answer(pieces, then);
    }

    private void play(Wire wire) throws IOException {
        while (true) {
            String head = wire.head();
            String target = head.split(" ", 3)[1];
            if (!target.equals("/case")) {
                wire.send(own(target));
            } else if (!sayTo(wire)) {
                return;
            }
        }
    }

    /** What this replica says to any other target. */
    static String own(String target) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target;
    }

    private boolean sayTo(Wire wire) throws IOException {
        Answer now = answer;
        for (byte[] piece : now.pieces()) {
            wire.send(piece);
        }
        if (now.then() == Then.RESET) {
            wire.reset();
        }
        return now.then() == Then.STAY;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        backend.close();
    }
}
