package io.symphony.proxy;

import io.symphony.proxy.StrictReader.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A replica that reads with a {@link StrictReader}, keeps what it got, and says "ok" to whatever is HTTP/1.1. */
final class Recorder implements AutoCloseable {

    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final Backend backend;

    Recorder() throws IOException {
        backend = Backend.playing(this::record);
    }

    Backend backend() {
        return backend;
    }

    /** The whole requests since the last {@link #clear()}. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** What came and was not HTTP/1.1. */
    List<String> breaches() {
        return List.copyOf(breaches);
    }

    void clear() {
        messages.clear();
    }

    private void record(Wire wire) throws IOException {
        StringBuilder unread = new StringBuilder();
        byte[] bytes = new byte[65_536];
        for (int length = wire.in().read(bytes); length > 0; length = wire.in().read(bytes)) {
            unread.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            try {
                readAll(unread, wire);
            } catch (StrictReader.Breach breach) {
                breaches.add(breach.getMessage() + " in: " + unread);
                return;
            }
        }
    }

    private void readAll(StringBuilder unread, Wire wire) throws IOException {
        while (unread.length() > 0) {
            StrictReader reader = new StrictReader(unread.toString());
            Message message;
            try {
                message = reader.request();
            } catch (StrictReader.Cut cut) {
                return;
            }
            unread.delete(0, reader.at());
            messages.add(message);
            wire.send(message.method().equals("HEAD") ? OK : OK + "ok");
        }
    }

    @Override
    public void close() throws IOException {
        backend.close();
    }
}
