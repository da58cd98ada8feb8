package io.symphony.spi;

/**
 * Hears of every decision and change. It is called on a thread of its own kind, in order; a slow one delays other
 * listeners but never the orchestrator.
 *
 * <pre>{@code
 * acts.listen(event -> log.info("{}", event));
 * }</pre>
 */
@FunctionalInterface
public interface EventListener {

    void on(Event event);
}
