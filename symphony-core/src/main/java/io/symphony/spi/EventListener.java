package io.symphony.spi;

/**
 * Hears of every decision and change. It is called on a thread of its own kind, in order; a slow one delays other
 * listeners but never the orchestrator.
 */
@FunctionalInterface
public interface EventListener {

    void on(Event event);
}
