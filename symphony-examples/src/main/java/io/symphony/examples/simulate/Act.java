package io.symphony.examples.simulate;

import io.symphony.rehearsal.Outcome;

/** A policy as it was asked for, and what came of it. */
public record Act(String name, Outcome outcome) {}
