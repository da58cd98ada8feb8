package io.symphony.engine;

/** Makes the door's lease for a request that has entered a slot; the engine does not know that type. */
@FunctionalInterface
public interface Admission<L> {

    L admitted(Slot slot, long mark);
}
