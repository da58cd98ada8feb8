package io.symphony.examples;

import io.symphony.OnExit;
import io.symphony.examples.AdminSettings.AdminPlan;
import io.symphony.examples.CountSettings.MetricsPlan;
import io.symphony.examples.FrontSettings.FrontPlan;
import io.symphony.examples.HealthSettings.HealthPlan;
import io.symphony.examples.ScalingSettings.ScalePlan;
import io.symphony.examples.config.Configuration;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.rollout.RollOutPolicy;
import java.time.Duration;
import java.util.Optional;

/** What is to run: a configuration that has been checked, in the library's terms. */
record ServicePlan(
        ServiceSpec spec,
        RuntimePlan runtime,
        ScalePlan scale,
        Optional<MetricsPlan> count,
        HealthPlan health,
        RollOutPolicy rollOut,
        FrontPlan front,
        AdminPlan admin,
        Duration drain,
        Duration drainStreams,
        OnExit onExit,
        Optional<Endpoint> together,
        Optional<RecordPlan> record) {

    static ServicePlan of(Configuration values, ServiceSpec spec, RuntimePlan runtime, OnExit onExit) {
        return new ServicePlan(
                spec,
                runtime,
                ScalingSettings.plan(values),
                CountSettings.plan(values),
                HealthSettings.plan(values),
                RollOutSettings.plan(values),
                FrontSettings.plan(values),
                AdminSettings.plan(values),
                values.value(RunSettings.DRAIN),
                values.find(RunSettings.DRAIN_STREAMS).orElse(values.value(RunSettings.DRAIN)),
                onExit,
                TogetherSettings.plan(values),
                RecordPlan.of(values));
    }

    /** Whether somebody else runs the replicas. */
    boolean isFixedPool() {
        return spec.source() instanceof Source.Backends;
    }

    /** What is to run, in half a line. */
    String inWords() {
        String over = spec.source() instanceof Source.Backends pool
                ? numbered(pool.members().size(), "backend")
                : scale.min() == scale.max()
                        ? numbered(scale.max(), "replica")
                        : scale.min() + " to " + scale.max() + " replicas";
        return spec.name() + ", " + front.balance().name() + " over " + over;
    }

    private static String numbered(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
