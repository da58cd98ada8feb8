package io.symphony.proxy.admin;

import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person may order. Each order is written to the log; what came of it is told among the events. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final String REPLICAS = "a whole number, or auto";

    private final Orchestrator orchestrator;

    Orders(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    Answer scale(Call call) {
        if (call.parameter("auto").isPresent()) {
            return taken("the policy decides how many replicas there are", orchestrator::scaleAutomatically);
        }
        int replicas = number(call.required("replicas", REPLICAS));
        return taken(
                replicas + (replicas == 1 ? " replica is" : " replicas are") + " wanted from now on",
                () -> orchestrator.scaleTo(replicas));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("replicas: '" + text + "' (expected: " + REPLICAS + ")", e);
        }
    }

    Answer drain(Call call) {
        String name = call.required("replica", "the id of a replica");
        Optional<ReplicaId> replica = orchestrator.status().replicas().stream()
                .map(each -> each.id())
                .filter(id -> id.toString().equals(name))
                .findFirst();
        if (replica.isEmpty()) {
            return Reply.refused(404, "replica: '" + name + "' (expected: one of those in /status)");
        }
        return taken(name + " leaves once it has finished its requests", () -> orchestrator.drain(replica.get()));
    }

    Answer rollOut(Call call) {
        if (call.parameter("pause").isPresent()) {
            return taken("the roll-out goes no further until it is resumed", orchestrator::pauseRollOut);
        }
        if (call.parameter("resume").isPresent()) {
            return taken("the roll-out goes on", orchestrator::resumeRollOut);
        }
        if (call.parameter("abort").isPresent()) {
            return taken("the roll-out goes back", orchestrator::abortRollOut);
        }
        String image = call.required("image", "a reference such as acts:1.5; or pause, resume or abort");
        return taken(
                image + " is rolled out",
                () -> orchestrator.rollOut(orchestrator.spec().withImage(image)));
    }

    Answer pause(Call call) {
        return taken("new requests wait until the service is resumed", orchestrator::pause);
    }

    Answer maintain(Call call) {
        return taken("requests are refused until the service is resumed", orchestrator::beginMaintenance);
    }

    Answer resume(Call call) {
        return taken("requests come in", orchestrator::resume);
    }

    private Answer taken(String message, Runnable order) {
        order.run();
        LOG.info("{}: ordered at the admin listener: {}", orchestrator.name(), message);
        return Reply.done(message);
    }
}
