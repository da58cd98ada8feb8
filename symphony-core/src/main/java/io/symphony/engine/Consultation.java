package io.symphony.engine;

import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import java.util.Optional;

/**
 * What the policy was asked about, what it answered, and what is wanted in the end.
 *
 * @param staff the replicas as it saw them
 * @param answer empty where it was not asked, or threw
 * @param wanted how many there would be if nobody else shared the quota
 */
record Consultation(Staff staff, Optional<Target> answer, int wanted) {

    static final Consultation NONE = of(Staff.of(0));

    static Consultation of(Staff staff) {
        return new Consultation(staff, Optional.empty(), 0);
    }

    Consultation answered(Target target) {
        return new Consultation(staff, Optional.of(target), wanted);
    }

    Consultation wanting(int replicas) {
        return new Consultation(staff, answer, replicas);
    }
}
