package io.symphony.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds a port for a new replica. Between our look and the replica's own bind somebody else may take it; the replica
 * then fails and the next one gets another.
 */
final class Ports {

    /** Below the range that the kernel takes ports for outgoing connections from, so that it does not take ours. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 10_000;
    private static final int LAST_OF_ALL = 65_535;

    private final Supplier<IntStream> candidates;
    private final Supplier<OptionalInt> fallback;

    private Ports(Supplier<IntStream> candidates, Supplier<OptionalInt> fallback) {
        this.candidates = candidates;
        this.fallback = fallback;
    }

    /** From a random place on: a port that was given up a moment ago may still be in somebody's connection pool. */
    static Ports anywhere() {
        return new Ports(Ports::fromRandomPlace, Ports::ephemeral);
    }

    static Ports from(int base) {
        if (base < 1 || base > LAST_OF_ALL) {
            throw new IllegalArgumentException("basePort: " + base + " (expected: 1 to " + LAST_OF_ALL + ")");
        }
        return new Ports(() -> IntStream.rangeClosed(base, LAST_OF_ALL), OptionalInt::empty);
    }

    /** A port that nobody listens on and that was not given to a replica that still lives. */
    OptionalInt free(Set<Integer> given) {
        OptionalInt found = candidates
                .get()
                .filter(port -> !given.contains(port))
                .filter(Ports::isFree)
                .findFirst();
        return found.isPresent() ? found : fallback.get();
    }

    private static IntStream fromRandomPlace() {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        return IntStream.range(0, COUNT).map(step -> FIRST + (start + step) % COUNT);
    }

    /** The wildcard finds listeners on any address, except on systems where a loopback one does not disturb it. */
    private static boolean isFree(int port) {
        return binds(new InetSocketAddress(port))
                && binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Binds without listening, so that nobody can connect to us by mistake. */
    private static boolean binds(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static OptionalInt ephemeral() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return OptionalInt.of(socket.getLocalPort());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
