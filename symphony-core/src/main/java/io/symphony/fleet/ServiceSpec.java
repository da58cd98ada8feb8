package io.symphony.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one service's replicas are made of. Immutable; {@code withX} gives a changed copy.
 *
 * <pre>{@code
 * ServiceSpec acts = ServiceSpec.command("acts", "java", "-jar", "acts.jar")
 *         .withEnv("DB", "jdbc:postgresql://127.0.0.1/acts");
 * }</pre>
 *
 * <p>A record but for its version, which is a hash and asked for at every replica of every tick, so it is kept.
 */
public final class ServiceSpec {

    private static final int VERSION_BYTES = 4;

    private final String name;
    private final Source source;
    private final Map<String, String> env;
    private final String version;

    public ServiceSpec(String name, Source source, Map<String, String> env) {
        ServiceName.require(name);
        env.forEach(ServiceSpec::requireVariable);
        this.name = name;
        this.source = source;
        this.env = Collections.unmodifiableMap(new TreeMap<>(env));
        version = versionOf(source, this.env);
    }

    /** A service whose replicas are child processes; each is told its port in the variable {@code PORT}. */
    public static ServiceSpec command(String name, String... words) {
        return new ServiceSpec(name, new Source.Command(List.of(words)), Map.of());
    }

    /** A service whose replicas are containers. */
    public static ServiceSpec image(String name, String reference) {
        return new ServiceSpec(name, new Source.Image(reference), Map.of());
    }

    /** A fixed pool that somebody else runs: balanced over and watched, never started or stopped. */
    public static ServiceSpec backends(String name, List<Endpoint> endpoints) {
        return weighted(
                name,
                endpoints.stream().map(each -> new Source.Backend(each, 1)).toList());
    }

    /** A fixed pool whose members take shares by weight. */
    public static ServiceSpec weighted(String name, List<Source.Backend> members) {
        return new ServiceSpec(name, new Source.Backends(members), Map.of());
    }

    public String name() {
        return name;
    }

    public Source source() {
        return source;
    }

    public Map<String, String> env() {
        return env;
    }

    public ServiceSpec withEnv(String variable, String value) {
        Map<String, String> more = new TreeMap<>(env);
        more.put(variable, value);
        return new ServiceSpec(name, source, more);
    }

    /** The same service from another container image. */
    public ServiceSpec withImage(String reference) {
        return withSource(new Source.Image(reference));
    }

    public ServiceSpec withSource(Source other) {
        return new ServiceSpec(name, other, env);
    }

    /**
     * A short mark of everything that makes two replicas differ: equal for equal specifications, on any machine. The
     * values of the environment go into it as a hash alone.
     */
    public String version() {
        return version;
    }

    private static String versionOf(Source source, Map<String, String> env) {
        StringBuilder text = new StringBuilder(source.getClass().getSimpleName()).append('\0');
        if (source instanceof Source.Command command) {
            text.append(command.words().size()).append('\0'); // where they end and the variables begin
            command.words().forEach(word -> text.append(word).append('\0'));
        } else {
            text.append(source).append('\0');
        }
        env.forEach((variable, value) ->
                text.append(variable).append('=').append(value).append('\0'));
        return HexFormat.of().formatHex(sha256(text.toString()), 0, VERSION_BYTES);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceSpec that
                && name.equals(that.name)
                && source.equals(that.source)
                && env.equals(that.env);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, source, env);
    }

    /** Says the variables' names but never their values, which may be secrets. */
    @Override
    public String toString() {
        return name + " (" + source + (env.isEmpty() ? "" : ", env " + env.keySet()) + ")";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static void requireVariable(String variable, String value) {
        if (variable.isEmpty() || variable.indexOf('=') >= 0 || (variable + value).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("env: '" + variable + "' (expected: a name without '=' and NUL)");
        }
    }
}
