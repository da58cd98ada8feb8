package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Colleagues;
import io.symphony.spi.Colleagues.Counts;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Mandate;
import io.symphony.spi.Ticker;

/** The orchestrators that serve a service together, as one of them sees them. */
public final class Party implements Effects, AutoCloseable {

    private final Colleagues colleagues;
    private final Farewells farewells;
    private final Pledge pledge;
    private final Leadership leadership;

    public Party(Ensemble ensemble, Colleagues colleagues, Ticker ticker, Mailbox mailbox, Effects effects) {
        this.colleagues = colleagues;
        this.farewells = new Farewells(colleagues);
        this.pledge = new Pledge(effects, mailbox::post);
        this.leadership = new Leadership(ensemble, ticker, mailbox::post, pledge);
    }

    Leadership leadership() {
        return leadership;
    }

    public void start() {
        leadership.start();
    }

    void follow(Mandate mandate) {
        farewells.follow(mandate);
    }

    void decided(State state) {
        long term = state.reign().mandate().map(Mandate::term).orElse(0L);
        pledge.decide(state.decree(), term);
    }

    @Override
    public void perform(Action action) {
        pledge.perform(action);
    }

    boolean holds(ReplicaId id) {
        return farewells.holds(id);
    }

    Counts counts() {
        return colleagues.counts();
    }

    @Override
    public void close() {
        leadership.close();
    }
}
