package io.symphony.docker;

import com.github.dockerjava.api.model.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the containers of a runtime are set up, beyond image and environment. It begins as secure as we know how, and
 * each thing that a service needs beyond that is said by its name.
 *
 * <pre>{@code
 * ContainerOptions options = ContainerOptions.secure()
 *         .withMemory(512L << 20)
 *         .withVolume("/srv/acts:/data:ro")
 *         .withNetwork("backend")
 *         .allowing(Freedom.WRITABLE_ROOT);
 * }</pre>
 *
 * <p>Secure means: a read-only root with an empty {@code /tmp} and {@code /run} in memory, no capabilities, no new
 * privileges, a bound on processes, no restart by the daemon because we restart, a port on 127.0.0.1 alone.
 *
 * @param command what to run instead of the image's own; empty for the image's own
 * @param volumes as {@code SOURCE:/PATH[:ro]}
 * @param capabilities those to keep although {@link Freedom#DEFAULT_CAPABILITIES} is not given
 * @param user who the processes run as; the image's own where there is none
 */
public record ContainerOptions(
        List<String> command,
        List<String> volumes,
        Wiring wiring,
        Limits limits,
        Set<Freedom> freedoms,
        Set<String> capabilities,
        Optional<String> user) {

    private static final Pattern VOLUME = Pattern.compile("[^:\\s][^:]*:/[^:]*(:(ro|rw))?");
    private static final Set<String> CAPABILITIES =
            Stream.of(Capability.values()).map(Capability::name).collect(Collectors.toUnmodifiableSet());

    public ContainerOptions {
        command = List.copyOf(command);
        volumes = List.copyOf(volumes);
        freedoms = Set.copyOf(freedoms);
        capabilities = Collections.unmodifiableSet(new TreeSet<>(capabilities));
        volumes.forEach(volume -> require(VOLUME, "volume", volume, "SOURCE:/PATH[:ro]"));
        capabilities.forEach(ContainerOptions::requireCapability);
    }

    /** Nothing but what every service needs. */
    public static ContainerOptions secure() {
        return new ContainerOptions(
                List.of(), List.of(), Wiring.standard(), Limits.standard(), Set.of(), Set.of(), Optional.empty());
    }

    public ContainerOptions withCommand(String... words) {
        return new ContainerOptions(List.of(words), volumes, wiring, limits, freedoms, capabilities, user);
    }

    /** Mounts a directory or a named volume: {@code SOURCE:/PATH[:ro]}. */
    public ContainerOptions withVolume(String volume) {
        return new ContainerOptions(command, more(volumes, volume), wiring, limits, freedoms, capabilities, user);
    }

    public ContainerOptions withNetwork(String network) {
        return wired(new Wiring(Optional.of(network), wiring.aliases(), wiring.links()));
    }

    /** One more name that all replicas share in their network. */
    public ContainerOptions withAlias(String alias) {
        return wired(new Wiring(wiring.network(), more(wiring.aliases(), alias), wiring.links()));
    }

    /** Shows another container, say a database, under its name or an alias: {@code NAME[:ALIAS]}. */
    public ContainerOptions withLink(String link) {
        String full = link.indexOf(':') < 0 ? link + ":" + link : link;
        return wired(new Wiring(wiring.network(), wiring.aliases(), more(wiring.links(), full)));
    }

    public ContainerOptions withMemory(long bytes) {
        return limited(new Limits(OptionalLong.of(bytes), limits.cpus(), limits.pids()));
    }

    public ContainerOptions withCpus(double cpus) {
        return limited(new Limits(limits.memoryBytes(), OptionalDouble.of(cpus), limits.pids()));
    }

    /** At most so many processes and threads. */
    public ContainerOptions withPids(long most) {
        return limited(new Limits(limits.memoryBytes(), limits.cpus(), most));
    }

    /** {@code NAME}, {@code UID} or either with {@code :GROUP}. */
    public ContainerOptions withUser(String name) {
        return new ContainerOptions(command, volumes, wiring, limits, freedoms, capabilities, Optional.of(name));
    }

    /** Keeps one capability, such as {@code NET_BIND_SERVICE}. */
    public ContainerOptions withCapability(String capability) {
        Set<String> kept = new TreeSet<>(capabilities);
        kept.add(capability);
        return new ContainerOptions(command, volumes, wiring, limits, freedoms, kept, user);
    }

    /** Loosens what {@link #secure()} has tightened. */
    public ContainerOptions allowing(Freedom first, Freedom... others) {
        Set<Freedom> all = EnumSet.of(first, others);
        all.addAll(freedoms);
        return new ContainerOptions(command, volumes, wiring, limits, all, capabilities, user);
    }

    private ContainerOptions wired(Wiring other) {
        return new ContainerOptions(command, volumes, other, limits, freedoms, capabilities, user);
    }

    private ContainerOptions limited(Limits other) {
        return new ContainerOptions(command, volumes, wiring, other, freedoms, capabilities, user);
    }

    private static List<String> more(List<String> some, String another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
    }

    private static void requireCapability(String name) {
        if (!CAPABILITIES.contains(name)) {
            throw new IllegalArgumentException("capability: '" + name + "' (expected: such as NET_BIND_SERVICE)");
        }
    }

    private static void require(Pattern rule, String key, String value, String expected) {
        if (!rule.matcher(value).matches()) {
            throw new IllegalArgumentException(key + ": '" + value + "' (expected: " + expected + ")");
        }
    }
}
