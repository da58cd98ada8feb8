package io.symphony.proxy;

import io.symphony.Orchestrator;
import java.util.Locale;

/** Where requests for a host, or for what lies below a path, or for both, are led. Bytes are compared where they stand. */
final class Route implements Comparable<Route> {

    private final byte[] host;
    private final byte[] path;
    private final Orchestrator orchestrator;

    /** An empty host is any, and an empty path all. */
    Route(String host, String path, Orchestrator orchestrator) {
        this.host = Octets.ascii(host.toLowerCase(Locale.ROOT));
        this.path = Octets.ascii(path);
        this.orchestrator = orchestrator;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    boolean leads(RequestHead head) {
        return (host.length == 0 || isHostOf(head)) && isAbove(head);
    }

    /** Without the port, and without regard to upper and lower case. */
    private boolean isHostOf(RequestHead head) {
        int from = head.authorityStart();
        int to = from + host.length;
        if (from < 0 || to > head.authorityEnd() || to < head.authorityEnd() && head.bytes()[to] != ':') {
            return false;
        }
        for (int i = 0; i < host.length; i++) {
            if (Octets.lower(head.bytes()[from + i]) != host[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the path is this one, or begins with it and goes on behind a slash. */
    private boolean isAbove(RequestHead head) {
        int end = head.targetStart() + path.length;
        if (end > head.targetEnd()) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (head.bytes()[head.targetStart() + i] != path[i]) {
                return false;
            }
        }
        return path.length == 0 || end == head.targetEnd() || head.bytes()[end] == '/' || head.bytes()[end] == '?';
    }

    /** The more specific one first: with a host before without, then the longer path. */
    @Override
    public int compareTo(Route other) {
        int byHost = Integer.compare(Math.min(1, other.host.length), Math.min(1, host.length));
        return byHost != 0 ? byHost : Integer.compare(other.path.length, path.length);
    }
}
