package io.symphony;

import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;

/** What may follow on what: a roll-out changes how a service is made, not which service it is or who runs it. */
final class RollOutOrder {

    private RollOutOrder() {}

    static void require(ServiceSpec now, ServiceSpec next) {
        if (now.source() instanceof Source.Backends) {
            throw new IllegalStateException(now.name() + ": a fixed pool is not rolled out, somebody else runs it");
        }
        if (!next.name().equals(now.name())) {
            throw new IllegalArgumentException("name: " + next.name() + " (expected: " + now.name() + ")");
        }
        if (next.source().getClass() != now.source().getClass()) {
            throw new IllegalArgumentException(
                    "source: " + next.source() + " (expected: " + kind(now) + ", as before)");
        }
    }

    private static String kind(ServiceSpec spec) {
        return spec.source() instanceof Source.Image ? "an image" : "a command";
    }
}
