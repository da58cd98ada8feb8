package io.symphony.process;

import io.symphony.fleet.ReplicaId;
import io.symphony.process.ProcessTable.Marked;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The replicas that we know of, and how those become known that another orchestrator left. */
final class Family {

    private final ProcessTable table;
    private final Map<ReplicaId, Child> children = new ConcurrentHashMap<>();

    Family(ProcessTable table) {
        this.table = table;
    }

    void add(Child child) {
        children.put(child.mark().id(), child);
    }

    /** Removes this one, and not a successor of the same name. */
    void remove(Child child) {
        children.remove(child.mark().id(), child);
    }

    Optional<Child> find(ReplicaId id) {
        return Optional.ofNullable(children.get(id));
    }

    Collection<Child> all() {
        return children.values();
    }

    void clear() {
        children.clear();
    }

    /**
     * Takes over those wanted that run and are not known yet. One that has just died is known still, so what it left
     * behind is not taken for it.
     */
    void adopt(List<Marked> seen, Predicate<ReplicaId> wanted) {
        seen.stream()
                .filter(each -> wanted.test(each.mark().id()))
                .filter(each -> !children.containsKey(each.mark().id()))
                .collect(Collectors.groupingBy(each -> each.mark().id()))
                .values()
                .forEach(this::adopt);
    }

    /** The ports that replicas of ours hold, of whatever service and whoever started them. */
    Set<Integer> ports(List<Marked> seen) {
        return Stream.concat(seen.stream().map(Marked::mark), all().stream().map(Child::mark))
                .map(mark -> mark.endpoint().port())
                .collect(Collectors.toSet());
    }

    /** A replica's root is the process whose parent is not of the same replica; the oldest, should there be more. */
    private void adopt(List<Marked> replica) {
        Set<ProcessHandle> members = replica.stream().map(Marked::process).collect(Collectors.toSet());
        replica.stream()
                .filter(each ->
                        each.process().parent().filter(members::contains).isEmpty())
                .filter(each -> table.isRunning(each.process()))
                .min(Comparator.comparing(Family::startedAt))
                .map(each -> Child.adopted(each.mark(), each.process(), table))
                .ifPresent(child -> children.putIfAbsent(child.mark().id(), child));
    }

    private static Instant startedAt(Marked each) {
        return each.process().info().startInstant().orElse(Instant.MAX);
    }
}
