package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.scaling.ScalingPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A policy to be tried: its kind and, where it has one, its number. Everything else is as it would be live.
 *
 * @param text as it was written, such as {@code rps=112}
 */
record Candidate(String text, PolicyKind kind, Optional<String> number) implements Layer {
    static final String EXPECTATION = "requests, rps, concurrency, auto, schedule or fixed";

    /** What the number of a kind sets. */
    private static final Map<PolicyKind, Setting<?>> NUMBERS = Map.of(
            PolicyKind.REQUESTS, PolicySettings.BASE_SCALE_COUNT,
            PolicyKind.RPS, PolicySettings.TARGET,
            PolicyKind.CONCURRENCY, PolicySettings.TARGET,
            PolicyKind.FIXED, ScalingSettings.MIN);

    /** Those that follow what a trace does not have: a gauge, or percentiles. */
    private static final List<PolicyKind> UNKNOWN = List.of(PolicyKind.GAUGE, PolicyKind.LATENCY);

    static Candidate parse(String text) throws Unexpected {
        String[] parts = text.strip().split("=", 2);
        PolicyKind kind = PolicyKind.byName().get(parts[0]);
        Candidate candidate = kind == null || UNKNOWN.contains(kind)
                ? null
                : new Candidate(
                        text.strip(),
                        kind,
                        Optional.of(parts).filter(p -> p.length == 2).map(p -> p[1]));
        if (candidate == null || !candidate.isNumberRight()) {
            throw new Unexpected(EXPECTATION + "; with a number such as rps=112, but for auto and schedule");
        }
        return candidate;
    }

    private boolean isNumberRight() {
        if (number.isEmpty()) {
            return true;
        }
        Setting<?> setting = NUMBERS.get(kind);
        if (setting == null) {
            return false;
        }
        try {
            setting.parse(List.of(number.get()));
            return true;
        } catch (Unexpected e) {
            return false;
        }
    }

    /** Its own number before whatever else was given. */
    ScalingPolicy policy(Configuration values) {
        return policyOf(this, values::explicit);
    }

    /** The policy that settings make, the first place before the second. */
    static ScalingPolicy policyOf(Layer first, Layer second) {
        Problems problems = new Problems();
        Configuration values =
                Configuration.resolve(ScalingSettings.ofPolicy(), List.of(first, second, Layer.fallbacks()), problems);
        problems.throwIfAny();
        return PolicySettings.policy(values);
    }

    @Override
    public Optional<Given> given(Setting<?> setting) {
        if (setting == PolicySettings.POLICIES) {
            return Optional.of(new Given(List.of(kind.name().toLowerCase(Locale.ROOT)), text));
        }
        return number.filter(each -> setting == NUMBERS.get(kind)).map(each -> new Given(List.of(each), text));
    }
}
