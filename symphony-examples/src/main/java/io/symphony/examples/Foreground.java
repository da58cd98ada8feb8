package io.symphony.examples;

import io.symphony.Status.Requests;
import io.symphony.examples.Terminal.Colour;
import io.symphony.examples.config.Durations;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Runs a service in sight of a person: says what happens and why, until a signal or a set time ends it. */
final class Foreground {
    private final Terminal terminal;
    private final EndSignal end;

    Foreground(Terminal terminal, EndSignal end) {
        this.terminal = terminal;
        this.end = end;
    }

    /** Runs the service, and beside it its company once the first replica serves. */
    void run(ServicePlan plan, Optional<Duration> length, Company company) throws CannotStart, InterruptedException {
        end.listen();
        if (!isPrepared(plan)) {
            return;
        }
        FirstStart first = new FirstStart(plan);
        Journal journal = new Journal(terminal, Clock.system(ZoneId.systemDefault()));
        RunningService service = RunningService.start(plan, List.of(journal, first));
        try {
            terminal.line(greeting(plan, service) + ": " + plan.inWords());
            service.adminUrl()
                    .ifPresent(admin -> terminal.line(
                            "Dashboard at " + terminal.in(Colour.BOLD, admin) + ", metrics at " + admin + "/metrics"));
            CompletableFuture.anyOf(first.outcome(), end.asked()).join();
            refuseIfFailed(first, service);
            attend(
                    service,
                    length,
                    () -> service.address()
                            .map(address -> company.join(address, journal))
                            .orElse(() -> {}));
            terminal.line("Ending: no new connections; requests have " + Durations.text(plan.drain()) + " to finish.");
        } finally {
            service.end();
        }
        conclude(plan, service);
    }

    private String greeting(ServicePlan plan, RunningService service) {
        String by = plan.front().proxy() == ProxyKind.NGINX ? "nginx is listening on " : "Listening on ";
        return service.address()
                .map(address -> by
                        + terminal.in(Colour.BOLD, url(plan.front().listener().scheme(), address)))
                .orElseGet(() -> "nginx has its replicas in "
                        + plan.front().nginx().upstream().orElseThrow());
    }

    /** False when somebody asked us to end before everything was there. */
    private boolean isPrepared(ServicePlan plan) throws CannotStart, InterruptedException {
        FutureTask<Boolean> preparing = new FutureTask<>(() -> {
            plan.runtime().prepare(terminal);
            return true;
        });
        new Thread(preparing, "preparing").start();
        CompletableFuture<Void> hurry = end.asked().thenRun(() -> preparing.cancel(true));
        try {
            return preparing.get();
        } catch (CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CannotStart reason ? reason : new CannotStart(String.valueOf(e.getCause()));
        } finally {
            hurry.cancel(false);
        }
    }

    private static void refuseIfFailed(FirstStart first, RunningService service) throws CannotStart {
        Optional<String> failure = first.failure();
        if (failure.isPresent()) {
            service.undo();
            throw new CannotStart(failure.get());
        }
    }

    private void attend(RunningService service, Optional<Duration> length, Supplier<Company.Stay> company)
            throws InterruptedException {
        if (end.isAsked()) {
            return;
        }
        Company.Stay stay = company.get();
        LiveView view = LiveView.of(terminal, service::status);
        try {
            if (length.isPresent()) {
                end.awaitFor(length.get());
            } else {
                end.await();
            }
        } finally {
            view.close();
            stay.end();
        }
    }

    private void conclude(ServicePlan plan, RunningService service) {
        terminal.line(plan.front().proxy() == ProxyKind.NGINX ? "Ended: nginx had the requests." : ended(service));
        service.left().forEach(each -> terminal.line("Left running: " + each.id() + " at " + each.endpoint()));
    }

    private static String ended(RunningService service) {
        Requests requests = service.status().requests();
        return "Ended: " + requests.accepted() + " requests, " + requests.completed() + " completed, "
                + requests.failed() + " failed, " + requests.shed() + " turned away, " + requests.abandoned()
                + " given up by clients.";
    }

    static String url(InetSocketAddress address) {
        return url("http", address);
    }

    static String url(String scheme, InetSocketAddress address) {
        return scheme + "://" + address.getHostString() + ":" + address.getPort();
    }

    /** What goes on beside a service. */
    @FunctionalInterface
    interface Company {
        Stay join(InetSocketAddress address, Journal journal);

        /** Nothing. */
        static Company none() {
            return (address, journal) -> () -> {};
        }

        /** It goes on until it is ended. */
        @FunctionalInterface
        interface Stay {
            void end();
        }
    }
}
