package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Colleagues;
import io.symphony.spi.Mandate;
import java.util.HashMap;
import java.util.Map;

/** Since which mandate each replica leaves, and whether another orchestrator still holds it. For the control thread alone. */
final class Farewells {

    private final Map<Long, Long> sinceMandate = new HashMap<>();
    private final Colleagues colleagues;

    Farewells(Colleagues colleagues) {
        this.colleagues = colleagues;
    }

    void follow(Mandate mandate) {
        sinceMandate.keySet().retainAll(mandate.decree().leaving());
        mandate.decree().leaving().forEach(number -> sinceMandate.putIfAbsent(number, mandate.number()));
    }

    /** One whose leaving the record does not say yet is held by all who serve. */
    boolean holds(ReplicaId id) {
        Long since = sinceMandate.get(id.number());
        return since == null || colleagues.holds(id, since);
    }
}
