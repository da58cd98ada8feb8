package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogSetupTest {

    private final LoggerContext log = new LoggerContext();

    @AfterEach
    void close() {
        log.stop();
    }

    @Test
    void logbackFindsItByItself() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogSetup.class);
    }

    @Test
    void warningsOfOursAreShownAndEventsAreLeftToTheCommands() {
        Configurator.ExecutionStatus status = new LogSetup().configure(log);

        assertThat(status).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(log.getLogger("ROOT").getAppender("errors").isStarted()).isTrue();
        assertThat(log.getLogger("io.symphony.engine.Actuator").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(log.getLogger("io.symphony.events").getEffectiveLevel()).isEqualTo(Level.OFF);
    }
}
