package io.symphony.engine;

import io.symphony.spi.Ensemble;
import io.symphony.spi.Ensemble.Entry;
import io.symphony.spi.Mandate;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the shared record on a thread of its own, and tells the control side who leads. */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final Ensemble ensemble;
    private final Ticker ticker;
    private final Consumer<Fact> post;
    private final Pledge pledge;
    private final Thread thread = Threads.one("leadership", this::run);
    private Tenure tenure;
    private boolean failing;

    Leadership(Ensemble ensemble, Ticker ticker, Consumer<Fact> post, Pledge pledge) {
        this.ensemble = ensemble;
        this.ticker = ticker;
        this.post = post;
        this.pledge = pledge;
        this.tenure = Tenure.of(ensemble.name(), ticker.nanos());
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                attempt();
                pledge.await(pauseNanos());
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: closing", ensemble, e); // nothing else interrupts us
        }
    }

    /** One look, and what follows from it; nothing that goes wrong gets past here. */
    void attempt() throws InterruptedException {
        try {
            beat();
            failing = false;
        } catch (RuntimeFailure | RuntimeException e) { // others' code, and nobody would take this thread's place
            if (!failing) {
                LOG.warn("{}: who leads cannot be read or written, so we do not decide: {}", ensemble, e.toString());
            }
            failing = true;
        }
        if (!tenure.leads(ticker.nanos())) {
            pledge.lapse();
        }
    }

    /** One look at the record, and a write where it is our turn. */
    private void beat() throws RuntimeFailure, InterruptedException {
        long began = ticker.nanos();
        Optional<Entry> found = ensemble.read();
        tenure = tenure.saw(found.map(Entry::mandate), ticker.nanos());
        Resolution ours = pledge.latest();
        Optional<Mandate> next = tenure.next(ours, ticker.nanos());
        if (next.isPresent()) {
            tenure = tenure.claims(next.get(), began);
            if (ensemble.replace(found, next.get())) {
                landed(next.get(), ours);
            }
        }
        tell();
    }

    /** How long to wait until the next one, unless there is something to write. */
    long pauseNanos() {
        return tenure.pause(ticker.nanos()).toNanos();
    }

    private void landed(Mandate mandate, Resolution ours) {
        tenure = tenure.saw(Optional.of(mandate), ticker.nanos());
        if (tenure.leads(ticker.nanos()) && mandate.term() == ours.term()) {
            pledge.landed(ours.serial());
        }
    }

    private void tell() {
        Mandate known = tenure.known();
        if (known != null) {
            post.accept(new Fact.Mandated(new Reign(Optional.of(known), tenure.untilNanos())));
        }
    }

    /** Makes room for a successor at once, where we lead. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            resign();
        } catch (RuntimeFailure e) {
            LOG.info("{}: others will find out by themselves that we are gone: {}", ensemble, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resign() throws RuntimeFailure, InterruptedException {
        Optional<Entry> found = ensemble.read();
        if (found.isPresent() && found.get().mandate().leader().equals(Optional.of(ensemble.name()))) {
            ensemble.replace(found, found.get().mandate().resigned());
        }
        ensemble.forget(ensemble.name());
    }
}
