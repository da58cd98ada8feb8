package io.symphony.docker;

import io.symphony.fleet.ReplicaId;
import java.util.List;

/** Containers as the daemon lists them. */
final class Listed {

    private Listed() {}

    static String running(String container, ReplicaId id) {
        return listed(container, id, "running");
    }

    static String listed(String container, ReplicaId id, String state) {
        return "{\"Id\":\"" + container + "\",\"State\":\"" + state + "\",\"Labels\":{" + labels(id)
                + "},\"Ports\":[{\"IP\":\"127.0.0.1\",\"PrivatePort\":80,\"PublicPort\":20080,\"Type\":\"tcp\"}]}";
    }

    static String labels(ReplicaId id) {
        return String.join(
                ",",
                List.of(
                        "\"io.symphony.service\":\"" + id.service() + "\"",
                        "\"io.symphony.replica\":\"" + id + "\"",
                        "\"io.symphony.version\":\"abcd\"",
                        "\"io.symphony.schema\":\"1\""));
    }
}
