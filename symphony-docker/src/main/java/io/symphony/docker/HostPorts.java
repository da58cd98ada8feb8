package io.symphony.docker;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The ports of the daemon's machine that replicas may have. We choose, rather than the daemon, so that an address does
 * not change when a container is restarted, and is known even of one that ends at once. Whether a port is free, only
 * the daemon knows for sure.
 */
final class HostPorts {

    /** Below the range that Linux takes the ports of outgoing connections from. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 10_000;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_TRIED = 50;

    /** How the Engine's versions, and Swarm, say that somebody else has the port. */
    private static final Pattern TAKEN =
            Pattern.compile("port is already allocated|address already in use|failed to bind host port"
                    + "|host-mode port already in use");

    private final OptionalInt base;
    private final IntPredicate free;

    /** Given to starts that are under way, so that two of them do not try the same one. */
    private final Set<Integer> claimed = new HashSet<>();

    private HostPorts(OptionalInt base, IntPredicate free) {
        this.base = base;
        this.free = free;
    }

    /** From a random place in a range, because a port just given up may still be in a connection pool. */
    static HostPorts anywhere(IntPredicate free) {
        return new HostPorts(OptionalInt.empty(), free);
    }

    /** The first one that is free from the base on. */
    static HostPorts from(int base, IntPredicate free) {
        if (base < 1 || base > LAST_PORT) {
            throw new IllegalArgumentException("basePort: " + base + " (expected: 1 to 65535)");
        }
        return new HostPorts(OptionalInt.of(base), free);
    }

    /** Whether nobody on this machine listens there. */
    static IntPredicate unboundOn(String address) {
        return port -> {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address, port));
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** Whether these words of an Engine's or of Swarm's say that somebody else has a port. */
    static boolean isTaken(String words) {
        return TAKEN.matcher(words).find();
    }

    /** Tries one after another until a start is not refused because its port is taken. */
    Endpoint place(Start start) throws DaemonFailure, RuntimeFailure, InterruptedException {
        Set<Integer> refused = new HashSet<>();
        while (refused.size() < MOST_TRIED) {
            OptionalInt port = claim(refused);
            if (port.isEmpty()) {
                break;
            }
            try {
                return start.on(port.getAsInt());
            } catch (DaemonFailure e) {
                if (!isTaken(e.getMessage())) {
                    throw e;
                }
                refused.add(port.getAsInt());
            } finally {
                release(port.getAsInt());
            }
        }
        throw new RuntimeFailure("no port is free for it " + this + " (" + refused.size()
                + " were refused as taken). Free some, or choose another base port.");
    }

    /** A port to try, kept from other starts until it is released. */
    synchronized OptionalInt claim(Set<Integer> refused) {
        OptionalInt port = candidates()
                .filter(each -> !refused.contains(each) && !claimed.contains(each) && free.test(each))
                .findFirst();
        port.ifPresent(claimed::add);
        return port;
    }

    synchronized void release(int port) {
        claimed.remove(port);
    }

    @Override
    public String toString() {
        return base.isPresent() ? "from " + base.getAsInt() + " on" : "from " + FIRST + " to " + (FIRST + COUNT - 1);
    }

    private IntStream candidates() {
        if (base.isPresent()) {
            return IntStream.rangeClosed(base.getAsInt(), LAST_PORT);
        }
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        return IntStream.range(0, COUNT).map(offset -> FIRST + (start + offset) % COUNT);
    }

    /** A start of a replica with a port of its own. */
    @FunctionalInterface
    interface Start {
        Endpoint on(int port) throws DaemonFailure, RuntimeFailure, InterruptedException;
    }
}
