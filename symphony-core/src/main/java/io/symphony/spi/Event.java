package io.symphony.spi;

import io.symphony.fleet.ReplicaId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that the orchestrator decided or found, with its reason in a sentence that has the numbers.
 *
 * <pre>{@code
 * acts.events().forEach(event -> System.out.println(event.at() + " " + event.kind() + " " + event));
 * }</pre>
 *
 * @param number its place in the order in which things happened, from 1
 * @param at when
 * @param kind what sort of thing
 * @param replica whom it is about, where it is about one
 * @param text the sentence
 */
public record Event(long number, Instant at, Kind kind, Optional<ReplicaId> replica, String text) {

    /** What sort of thing happened. */
    public enum Kind {
        /** The number of replicas that is wanted has changed. */
        SCALED,
        /** A replica is being started. */
        STARTING,
        /** A replica runs and is not known to be well yet. */
        WARMING,
        /** A replica serves. */
        READY,
        /** A replica failed its checks and gets no requests while others can take them. */
        SUSPECT,
        /** Requests that failed at a replica have put it out of the rotation for a while. */
        EJECTED,
        /** A replica that was out of the rotation serves again. */
        REINSTATED,
        /** A replica ended by itself. */
        DIED,
        /** A replica gets no new requests and finishes those inside. */
        DRAINING,
        /** A replica is being stopped. */
        STOPPING,
        /** A replica is gone for good. */
        GONE,
        /** A running replica of ours was taken over. */
        ADOPTED,
        /** A replica could not be started, or never got well. */
        START_FAILED,
        /** What replicas are to be made of has changed, or how far the fleet has come on its way there. */
        ROLL_OUT,
        /** A new version is taken out again, because it is worse or does not come up. */
        ROLLED_BACK,
        /** Requests wait, are refused, or come in again. */
        ENTRANCE,
        /** Of several orchestrators of the service, another one decides from now on. */
        LEADERSHIP,
        /** Something needs a person's attention; the orchestrator goes on. */
        TROUBLE
    }

    /** The sentence with the replica's name before it, where it does not begin with that already. */
    @Override
    public String toString() {
        String name = replica.map(id -> id + ": ").orElse("");
        return text.startsWith(name) ? text : name + text;
    }
}
