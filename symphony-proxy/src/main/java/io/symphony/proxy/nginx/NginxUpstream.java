package io.symphony.proxy.nginx;

import io.symphony.spi.RotationListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas in an nginx that somebody set up: this writes one file, which their configuration includes, and reloads.
 * Everything else there stays theirs.
 *
 * <pre>{@code
 * // nginx.conf: http { include /etc/nginx/symphony/acts.conf; ... proxy_pass http://symphony_acts; }
 * NginxUpstream edge = NginxUpstream.of(Path.of("/etc/nginx/symphony/acts.conf"), UpstreamRules.of("acts"), NginxCommand.of("nginx"));
 * edge.check();
 * Orchestrator.of(spec).rotationListener(edge).start();
 * }</pre>
 *
 * <p>A new file is kept only if {@code nginx -t} finds it good; otherwise the former one is put back. A change counts as
 * heard once new workers are up, and a replica that left is let go once the old workers have ended.
 */
public final class NginxUpstream implements RotationListener {

    private static final Logger LOG = LoggerFactory.getLogger(NginxUpstream.class);
    private static final Duration APART = Duration.ofSeconds(1);
    private static final int MOST_APART = 10;
    private static final Pattern PID = Pattern.compile("(?m)^\\s*pid\\s+\"?([^\";]+)\"?\\s*;");
    private static final Path USUAL_PID = Path.of("/run/nginx.pid");

    private final UpstreamFile file;
    private final UpstreamRules rules;
    private final NginxCommand command;
    private final Optional<Path> pidFile;
    private final List<CompletionStage<?>> leaving = new ArrayList<>();
    private CompletionStage<?> letGo = CompletableFuture.completedStage(null);
    private Optional<String> loaded = Optional.empty();
    private boolean blind;

    private NginxUpstream(UpstreamFile file, UpstreamRules rules, NginxCommand command, Optional<Path> pidFile) {
        this.file = file;
        this.rules = rules;
        this.command = command;
        this.pidFile = pidFile;
    }

    /** Where nginx's process is, its own configuration tells. */
    public static NginxUpstream of(Path file, UpstreamRules rules, NginxCommand command) {
        return new NginxUpstream(new UpstreamFile(file), rules, command, Optional.empty());
    }

    /** The same, told where nginx writes its process id. */
    public NginxUpstream withPidFile(Path path) {
        return new NginxUpstream(file, rules, command, Optional.of(path));
    }

    /**
     * Whether all this can work, before anything depends on it. Makes the file, with nobody in it, where there is none.
     *
     * @throws NginxException which says what is missing
     */
    public void check() throws InterruptedException {
        if (file.text().isEmpty()) {
            file.write(rules.block(List.of()));
        }
        requireIncluded(command.checkedConfiguration());
    }

    private void requireIncluded(String configuration) {
        if (!configuration.contains("upstream " + rules.upstream() + " ")) {
            throw new NginxException("nginx does not read " + file + ". Put \"include " + file
                    + ";\" into the http block of its configuration, and \"proxy_pass http://" + rules.upstream()
                    + ";\" into a location.");
        }
    }

    @Override
    public CompletionStage<?> changed(List<Member> members) throws InterruptedException {
        String text = rules.block(members);
        if (!loaded.equals(Optional.of(text))) {
            letGo = load(text);
            loaded = Optional.of(text);
        }
        return letGo;
    }

    private CompletionStage<?> load(String text) throws InterruptedException {
        Optional<String> former = file.text();
        file.write(text);
        String configuration = checked(former);
        NginxMaster.Generation before = master(configuration).generation();
        reload();
        if (!before.isSeen()) {
            sayBlind(configuration);
            return before.ended();
        }
        before.awaitSuccessors(command.deadline());
        CompletionStage<?> ended = before.ended();
        leaving.add(ended);
        return ended;
    }

    private void reload() throws InterruptedException {
        try {
            command.signal("reload");
        } catch (NginxException e) {
            throw new NginxException(e.getMessage() + ". Does nginx run? Start it; " + file + " is up to date.", e);
        }
    }

    private String checked(Optional<String> former) throws InterruptedException {
        try {
            String configuration = command.checkedConfiguration();
            requireIncluded(configuration);
            return configuration;
        } catch (InterruptedException e) {
            file.restore(former);
            throw e;
        } catch (NginxException refused) {
            file.restore(former);
            throw new NginxException(
                    refused.getMessage() + "; " + file + " is as it was, and nginx goes on with that", refused);
        }
    }

    private NginxMaster master(String configuration) {
        Matcher found = PID.matcher(configuration);
        return new NginxMaster(pidFile.orElseGet(() -> found.find() ? Path.of(found.group(1)) : USUAL_PID));
    }

    private void sayBlind(String configuration) {
        if (!blind) {
            LOG.warn(
                    "{}: the workers of nginx cannot be seen ({} names no process here), so each replica that leaves is"
                            + " given its whole drain. Name the file with nginx's process id.",
                    this,
                    master(configuration));
            blind = true;
        }
    }

    /** The more generations of workers are still finishing, the longer it waits: each has its own memory. */
    @Override
    public Duration pace() {
        leaving.removeIf(each -> each.toCompletableFuture().isDone());
        return APART.multipliedBy(Math.min(MOST_APART, Math.max(1, leaving.size())));
    }

    @Override
    public String toString() {
        return "nginx with " + file;
    }
}
