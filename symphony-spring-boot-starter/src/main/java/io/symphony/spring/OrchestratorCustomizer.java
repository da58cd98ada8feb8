package io.symphony.spring;

import io.symphony.OrchestratorBuilder;

/**
 * Says more of an application's orchestrator than the properties can. Every bean of this type is asked, after the
 * properties.
 *
 * <pre>{@code
 * @Bean
 * OrchestratorCustomizer fewerAtNight() {
 *     return builder -> builder.scaling(ScalingPolicy.schedule(...));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface OrchestratorCustomizer {

    void customize(OrchestratorBuilder builder);
}
