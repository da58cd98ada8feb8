package io.symphony.spring;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.docker.DockerRuntime;
import io.symphony.micrometer.OrchestratorMetrics;
import io.symphony.proxy.Forwarder;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.proxy.embed.ForwardingServlet;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.EventListener;
import io.symphony.spi.HealthProbe;
import jakarta.servlet.http.HttpServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An orchestrator, a forwarder to its replicas, and what shows them, in a Boot application. A bean of one's own stands
 * in for each, and {@link OrchestratorCustomizer}s say what properties cannot.
 *
 * <pre>{@code
 * symphony.command=java,-jar,acts.jar
 * symphony.forward=/acts/*
 * }</pre>
 */
@AutoConfiguration
@ConditionalOnProperty(name = "symphony.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SymphonyProperties.class)
public class SymphonyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HealthProbe symphonyHealthProbe(SymphonyProperties properties) {
        return HttpHealthProbe.at(properties.healthPath());
    }

    /** It is closed by {@link SymphonyLifecycle}, after the last request; here for a start that fails. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Orchestrator symphonyOrchestrator(
            SymphonyProperties properties,
            HealthProbe probe,
            ObjectProvider<ContainerRuntime> runtime,
            ObjectProvider<EventListener> listeners,
            ObjectProvider<OrchestratorCustomizer> customizers) {
        OrchestratorBuilder builder = Orchestrator.of(properties.spec())
                .balancing(properties.balancing())
                .probe(probe)
                .drain(properties.drain())
                .onExit(properties.onExit());
        if (!properties.isPool()) {
            builder.between(properties.min(), properties.max()).scaling(properties.scaling());
        }
        runtime.ifAvailable(builder::runtime);
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return builder.start();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Forwarder symphonyForwarder(SymphonyProperties properties, Orchestrator orchestrator) {
        return Forwarder.to(orchestrator).drain(properties.drain()).start();
    }

    @Bean
    SymphonyLifecycle symphonyLifecycle(SymphonyProperties properties, Orchestrator orchestrator, Forwarder forwarder) {
        return new SymphonyLifecycle(orchestrator, forwarder, properties.awaitReady());
    }

    /** Containers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DockerRuntime.class)
    @ConditionalOnProperty("symphony.image")
    static class Containers {
        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        ContainerRuntime symphonyContainerRuntime(SymphonyProperties properties) {
            return DockerRuntime.builder()
                    .containerPort(properties.containerPort())
                    .build();
        }
    }

    /** Requests that the application's own server gets. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpServlet.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnProperty("symphony.forward")
    static class Forwarding {
        @Bean
        ServletRegistrationBean<ForwardingServlet> symphonyServlet(SymphonyProperties properties, Forwarder forwarder) {
            ServletRegistrationBean<ForwardingServlet> servlet =
                    new ServletRegistrationBean<>(new ForwardingServlet(forwarder), properties.forward());
            servlet.setName("symphony");
            servlet.setAsyncSupported(true);
            return servlet;
        }
    }

    /** Down while nobody serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {
        @Bean
        @ConditionalOnEnabledHealthIndicator("symphony")
        @ConditionalOnMissingBean(name = "symphonyHealthIndicator")
        HealthIndicator symphonyHealthIndicator(Orchestrator orchestrator) {
            return new SymphonyHealthIndicator(orchestrator);
        }
    }

    /** {@code /actuator/symphony}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class Actuator {
        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean
        SymphonyEndpoint symphonyEndpoint(Orchestrator orchestrator) {
            return new SymphonyEndpoint(orchestrator);
        }
    }

    /** Figures for whatever Micrometer reports to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
    static class Figures {
        @Bean
        @ConditionalOnMissingBean
        OrchestratorMetrics symphonyMetrics(Orchestrator orchestrator) {
            return new OrchestratorMetrics(orchestrator);
        }
    }

    /** Replicas for Spring Cloud. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DiscoveryClient.class)
    static class Discovery {
        @Bean
        DiscoveryClient symphonyDiscoveryClient(Orchestrator orchestrator) {
            return new SymphonyDiscoveryClient(orchestrator);
        }
    }
}
