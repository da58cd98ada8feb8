package io.symphony.engine;

/** Carries out actions elsewhere and never blocks; every action comes back as exactly one fact. */
@FunctionalInterface
public interface Effects {

    void perform(Action action);
}
