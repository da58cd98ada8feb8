package io.symphony.scaling;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The largest shift whose hours it is; the minimum outside of all. */
record Timetable(List<Shift> shifts) implements ScalingPolicy {

    Timetable {
        shifts = List.copyOf(shifts);
        if (shifts.isEmpty()) {
            throw new IllegalArgumentException("shifts: none (expected: at least one)");
        }
    }

    @Override
    public Target decide(ScalingView view) {
        Optional<Shift> now = shifts.stream()
                .filter(shift -> shift.hours().contains(view.time()))
                .max(Comparator.comparingInt(Shift::replicas));
        return now.isPresent()
                ? new Target(now.get().replicas(), "scheduled: " + now.get())
                : new Target(view.min(), "the minimum outside of the schedule");
    }

    @Override
    public String toString() {
        return "schedule (" + shifts.stream().map(Shift::toString).collect(Collectors.joining("; ")) + ")";
    }
}
