package io.symphony.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Takes connections in and deals them to the loops in turn. It lives on the first loop. One socket a loop would spread
 * few connections unevenly, and would let two programs share a port unnoticed.
 */
final class Acceptor extends Timed {

    /** How long nothing is accepted after the system had nothing left to accept with. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final ServerSocketChannel server;
    private final List<Loop> loops;
    private final SelectionKey key;
    private int next;

    Acceptor(ServerSocketChannel server, List<Loop> loops) throws IOException {
        this.server = server;
        this.loops = loops;
        server.configureBlocking(false);
        key = server.register(loops.get(0).selector(), SelectionKey.OP_ACCEPT, this);
    }

    void accept() {
        try {
            SocketChannel client = server.accept();
            while (client != null) {
                deal(client);
                client = server.accept();
            }
        } catch (IOException e) {
            pause(e);
        }
    }

    private void deal(SocketChannel client) {
        Loop home = loops.get(0);
        if (!home.settings().room().enter()) {
            home.tally().turnAway();
            turnAway(client, home.settings().limits().connections());
            return;
        }
        Loop loop = loops.get(next);
        next = (next + 1) % loops.size();
        if (loop == home) {
            loop.clients().add(client);
        } else {
            loop.submit(() -> loop.clients().add(client));
        }
    }

    private void turnAway(SocketChannel client, int most) {
        try (client) {
            if (loops.get(0).settings().handshakes() != null) {
                return; // to tell it why would take a handshake
            }
            client.configureBlocking(false);
            client.write(ByteBuffer.wrap(Reply.tooManyConnections(most).bytes(ResponseRewrite.Persistence.CLOSE)));
        } catch (IOException e) {
            loops.get(0).note("turning away", e);
        }
    }

    /** Out of file descriptors, most likely. To be told so again at once would only burn the processor. */
    private void pause(IOException cause) {
        if (!server.isOpen()) {
            return;
        }
        loops.get(0).note("accept", cause);
        key.interestOps(0);
        loops.get(0).wheel().set(this, loops.get(0).now() + PAUSE_NANOS);
    }

    @Override
    void late() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /** Takes in whoever has connected already: with the socket, the system would break their connections off. */
    void close() {
        accept();
        try {
            server.close();
        } catch (IOException e) {
            loops.get(0).note("close", e);
        }
    }
}
