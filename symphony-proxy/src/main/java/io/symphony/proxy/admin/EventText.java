package io.symphony.proxy.admin;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Event;

/** A decision or change as JSON. */
final class EventText {

    private EventText() {}

    static String of(Event event) {
        return new Json()
                .object()
                .put("number", event.number())
                .put("at", event.at())
                .put("kind", event.kind().name())
                .put("replica", event.replica().map(ReplicaId::toString).orElse(null))
                .put("text", event.text())
                .endObject()
                .toString();
    }
}
