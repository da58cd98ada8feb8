package io.symphony.spi;

import io.symphony.fleet.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * Several orchestrators that serve one service together: where they agree which of them decides, and find each other. Every
 * call blocks, under a deadline of about a second, and answers an interrupt promptly.
 *
 * <pre>{@code
 * Orchestrator.of(spec).runtime(swarm).together(swarm.ensemble("acts", "host-1"), colleagues).start();
 * }</pre>
 */
public interface Ensemble {

    /** How we are called in it; never twice. */
    String name();

    /** The record as it stands; empty where nobody has written one. */
    Optional<Entry> read() throws RuntimeFailure, InterruptedException;

    /**
     * Writes the record, if it is still the one that was read; where none was, if there still is none.
     *
     * @return false where somebody else has written since
     * @throws RuntimeFailure where it is not known whether it was written; it may still be, unless somebody else writes first
     */
    boolean replace(Optional<Entry> read, Mandate next) throws RuntimeFailure, InterruptedException;

    /** Lets the others know that we serve, and where they may ask us about it; no news where they know already. */
    void announce(Endpoint admin) throws RuntimeFailure, InterruptedException;

    /** All who serve, or did and have not been forgotten. */
    List<Member> members() throws RuntimeFailure, InterruptedException;

    /** Takes one out that serves no more. */
    void forget(String member) throws RuntimeFailure, InterruptedException;

    /** The record, and what tells whether it has been written since. */
    record Entry(Mandate mandate, String version) {}

    /** One of us. */
    record Member(String name, Endpoint admin) {}
}
