package io.symphony.examples;

import io.symphony.docker.SwarmRuntime;
import io.symphony.examples.recording.Recorder;
import io.symphony.fleet.ReplicaId;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.proxy.MetricsTraffic;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.RuntimeFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a running service reaches beyond this program; empty where the library's own default does. */
record Outside(
        Optional<Recorder> recorder,
        Optional<HttpHealthProbe> probe,
        Optional<ContainerRuntime> runtime,
        Optional<MetricsTraffic> count,
        Optional<Company> company) {
    private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

    static Outside of(ServicePlan plan) throws CannotStart {
        Optional<Recorder> recorder = plan.record().isEmpty()
                ? Optional.empty()
                : Optional.of(plan.record().get().open(plan));
        Optional<ContainerRuntime> runtime = plan.runtime().open();
        return new Outside(
                recorder,
                plan.health().path().map(HttpHealthProbe::at),
                runtime,
                plan.count().map(count -> MetricsTraffic.at(count.path(), count.counter())),
                plan.together().map(at -> Company.of((SwarmRuntime) runtime.orElseThrow(), plan)));
    }

    List<Sighting> list(String service) {
        try {
            return runtime.isPresent() ? runtime.get().list(service) : List.of();
        } catch (RuntimeFailure e) {
            LOG.warn("{}: what runs cannot be listed: {}", service, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** Ends those of a service that are meant, and no other. */
    void stop(String service, Predicate<ReplicaId> meant, Duration grace) {
        list(service).stream().filter(each -> meant.test(each.id())).forEach(each -> stop(each, grace));
    }

    private void stop(Sighting replica, Duration grace) {
        try {
            runtime.orElseThrow().stop(replica.id(), grace);
        } catch (RuntimeFailure e) {
            LOG.warn("{} runs on at {}: {}", replica.id(), replica.endpoint(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        company.ifPresent(Company::close);
        runtime.ifPresent(ContainerRuntime::close);
        probe.ifPresent(HttpHealthProbe::close);
        count.ifPresent(MetricsTraffic::close);
        recorder.ifPresent(Recorder::close);
    }
}
