package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The clients of one event loop, and those of them that have something to go on with before they are heard again. */
final class Clients {

    private final Loop loop;
    private final Set<ClientConnection> all = new HashSet<>();
    private final ArrayDeque<ClientConnection> again = new ArrayDeque<>();

    Clients(Loop loop) {
        this.loop = loop;
    }

    /** Takes one in. */
    void add(SocketChannel channel) {
        try {
            all.add(new ClientConnection(loop, channel));
        } catch (IOException e) {
            loop.settings().room().leave();
            loop.note("accept", e);
            closeQuietly(channel);
        }
    }

    private void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            loop.note("close", e);
        }
    }

    void forget(ClientConnection client) {
        if (all.remove(client)) {
            loop.settings().room().leave();
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Has one go on with what it sent before its turn. */
    void again(ClientConnection client) {
        again.add(client);
    }

    /** Whether nobody is to go on. */
    boolean isQuiet() {
        return again.isEmpty();
    }

    /** Has those go on that were to by now. */
    void goOn() {
        for (int left = again.size(); left > 0; left--) {
            again.remove().goOn();
        }
    }

    /** A replica may hang: what waits for its answer and may be sent again goes elsewhere. */
    void leave(ReplicaId suspect) {
        for (ClientConnection client : Set.copyOf(all)) {
            client.leave(suspect);
        }
    }

    /** Lets those inside finish. */
    void drain() {
        for (ClientConnection client : Set.copyOf(all)) {
            client.drain();
        }
    }

    /** Ends whatever is left. */
    void abort() {
        for (ClientConnection client : Set.copyOf(all)) {
            client.broken(new IOException("The listener was closed"));
        }
    }

    /** Ends the requests that no replica has begun to answer, and what is idle. */
    void endRequests() {
        for (ClientConnection client : Set.copyOf(all)) {
            client.endRequest();
        }
    }

    /** Ends the responses that are on their way still, and the tunnels. */
    void endStreams() {
        for (ClientConnection client : Set.copyOf(all)) {
            client.endStream();
        }
    }
}
