package io.symphony.proxy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A replica whose response for each path is set, and that remembers the heads it got. */
final class CachedBackend implements AutoCloseable {

    private final Map<String, String> responses = new ConcurrentHashMap<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Backend backend;

    CachedBackend() throws IOException {
        backend = Backend.playing(this::play);
    }

    /** One that answers its first request once it may, with what can be kept, and nothing after it. */
    static Backend answeringOnce(CountDownLatch mayAnswer) throws IOException {
        return Backend.playing(wire -> {
            wire.head();
            mayAnswer.await();
            wire.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: 4\r\n\r\nbody");
            wire.rest();
        });
    }

    private void play(Wire wire) throws Exception {
        while (true) {
            String head = wire.head();
            heads.add(head);
            String response = responses.get(head.split(" ", 3)[1]);
            if (response == null) {
                return;
            }
            wire.send(response);
        }
    }

    /** From now on it says this; the fields are lines. */
    CachedBackend says(String path, int status, String lines, String body) {
        String fields = lines.isEmpty() ? "" : lines + "\r\n";
        return sends(
                path,
                "HTTP/1.1 " + status + " Reason\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** From now on it says this; the chunks come with their sizes. */
    CachedBackend saysInChunks(String path, String lines, String chunks) {
        return sends(path, "HTTP/1.1 200 OK\r\n" + lines + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    CachedBackend sends(String path, String response) {
        responses.put(path, response);
        return this;
    }

    /** From now on it closes its connection instead. */
    void breaks(String path) {
        responses.remove(path);
    }

    Backend backend() {
        return backend;
    }

    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        backend.close();
    }
}
