package io.symphony.examples;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The library's own log: to the error output, from {@code warn} up; {@code -Dsymphony.log=debug} shows more. In code,
 * because reading it from XML takes a parser of some hundred classes, megabytes that a small program need not hold.
 * {@code -Dlogback.configurationFile=FILE} replaces it.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** For logback, which finds it by its name under {@code META-INF/services}. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        log.getLogger("ROOT").setLevel(Level.WARN);
        log.getLogger("ROOT").addAppender(errors(log));
        log.getLogger("io.symphony").setLevel(Level.toLevel(System.getProperty("symphony.log"), Level.WARN));
        // The commands show events themselves, so they are not logged a second time.
        log.getLogger("io.symphony.events").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> errors(LoggerContext log) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern("%d{HH:mm:ss} %-5level %logger{0}: %msg%n%ex{5}");
        encoder.start();
        ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
        errors.setContext(log);
        errors.setName("errors");
        errors.setTarget("System.err");
        errors.setEncoder(encoder);
        errors.start();
        return errors;
    }
}
