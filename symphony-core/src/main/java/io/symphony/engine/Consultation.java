package io.symphony.engine;

import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import java.util.Optional;

/**
 * What the policy was asked about, and what it answered.
 *
 * @param staff the replicas as it saw them
 * @param answer empty where it was not asked, or threw
 */
record Consultation(Staff staff, Optional<Target> answer) {

    static final Consultation NONE = of(Staff.of(0));

    static Consultation of(Staff staff) {
        return new Consultation(staff, Optional.empty());
    }

    Consultation answered(Target target) {
        return new Consultation(staff, Optional.of(target));
    }
}
