package io.symphony.docker;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.symphony.docker.Clients.Speaking;
import io.symphony.docker.DaemonFailure.Kind;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The images of a Docker Engine: those that it has, and ways to give it more. */
public final class Images {

    private final Daemon daemon;
    private final Consumer<String> progress;
    private final ConcurrentMap<String, Transfer<PullResponseItem>> pulls = new ConcurrentHashMap<>();

    Images(Daemon daemon, Consumer<String> progress) {
        this.daemon = daemon;
        this.progress = progress;
    }

    /** Whether the Engine has an image, so that a start needs no registry. */
    public boolean has(String reference) throws RuntimeFailure, InterruptedException {
        return id(reference).isPresent();
    }

    private Optional<String> id(String reference) throws RuntimeFailure, InterruptedException {
        try {
            return find(reference);
        } catch (DaemonFailure e) {
            throw new RuntimeFailure(e.getMessage(), e);
        }
    }

    /** Fetches an image from its registry. Who asks for one that is on its way waits for the same transfer. */
    public void pull(String reference) throws RuntimeFailure, InterruptedException {
        Transfer<PullResponseItem> mine = new Transfer<>("pull the image " + reference, progress);
        Transfer<PullResponseItem> underWay = pulls.putIfAbsent(reference, mine);
        if (underWay != null) {
            underWay.await();
            return;
        }
        mine.onEnd(() -> pulls.remove(reference, mine));
        begin(
                mine,
                speaking -> speaking.streams().pullImageCmd(tagged(reference)).exec(mine.pieces()));
        mine.await();
    }

    /**
     * Builds an image from a directory with a Dockerfile.
     *
     * @param reference what it is called then, such as {@code acts:1.4}
     */
    public void build(Path directory, String reference) throws RuntimeFailure, InterruptedException {
        if (!Files.isRegularFile(directory.resolve("Dockerfile"))) {
            throw new RuntimeFailure("build: " + directory + " (expected: a directory with a Dockerfile)");
        }
        Transfer<BuildResponseItem> build = new Transfer<>("build the image " + reference, progress);
        begin(build, speaking -> {
            BuildImageCmd command = speaking.streams()
                    .buildImageCmd(directory.toFile())
                    .withTags(Set.of(reference))
                    .withRemove(true)
                    .withForcerm(true);
            return command.exec(build.pieces());
        });
        build.awaitAlone();
        requireThere(reference);
    }

    /** Takes an image out of a file that {@code docker save} could have written. */
    public void load(Path archive, String reference) throws RuntimeFailure, InterruptedException {
        Transfer<LoadResponseItem> load = new Transfer<>("load the image " + reference, progress);
        try (InputStream bytes = Files.newInputStream(archive)) {
            begin(load, speaking -> speaking.streams().loadImageAsyncCmd(bytes).exec(load.pieces()));
            load.awaitAlone();
        } catch (IOException e) {
            throw new RuntimeFailure("cannot read the image in " + archive + ": " + e, e);
        }
        requireThere(reference);
    }

    /** As {@link #load}; the image that had the name before goes with it, unless something else needs it. */
    void replace(Path archive, String reference) throws RuntimeFailure, InterruptedException {
        Optional<String> former = id(reference);
        load(archive, reference);
        if (former.isPresent() && !former.equals(id(reference))) {
            removeUnneeded(former.get());
        }
    }

    /** The Engine refuses where an image has another name as well, or a container was made from it. */
    private void removeUnneeded(String id) throws RuntimeFailure, InterruptedException {
        try {
            daemon.order("remove an image", client -> client.removeImageCmd(id).exec());
        } catch (DaemonFailure e) {
            if (!e.is(Kind.NOT_FOUND) && !e.is(Kind.CONFLICT)) {
                throw new RuntimeFailure(e.getMessage(), e);
            }
        }
    }

    /** Removes an image; one that is not there is no error. */
    public void remove(String reference) throws RuntimeFailure, InterruptedException {
        try {
            daemon.order(
                    "remove an image",
                    client -> client.removeImageCmd(reference).withForce(true).exec());
        } catch (DaemonFailure e) {
            if (!e.is(Kind.NOT_FOUND)) {
                throw new RuntimeFailure(e.getMessage(), e);
            }
        }
    }

    /** Makes sure that a start finds its image. */
    void provide(String reference, PullPolicy policy) throws DaemonFailure, RuntimeFailure, InterruptedException {
        if (policy == PullPolicy.ALWAYS
                || policy == PullPolicy.MISSING && find(reference).isEmpty()) {
            pull(reference);
        }
    }

    /**
     * What means the same content on every node of a swarm: the digest in a registry, from where a node fetches what it
     * has not; or, for an image that came from none, its id, for which no node asks a registry in vain.
     */
    String pinned(String reference, PullPolicy policy) throws DaemonFailure, RuntimeFailure, InterruptedException {
        provide(reference, policy);
        InspectImageResponse image = daemon.ask(
                "look at an image", client -> client.inspectImageCmd(reference).exec());
        List<String> digests = image.getRepoDigests() == null ? List.of() : image.getRepoDigests();
        return digests.stream().findFirst().orElseGet(() -> String.valueOf(image.getId()));
    }

    String advice(String reference, PullPolicy policy) {
        return policy == PullPolicy.NEVER
                ? "Try 'docker pull " + reference + "', or let missing images be pulled."
                : "Check the image's and the network's name.";
    }

    /** The id of an image that the Engine has. */
    Optional<String> find(String reference) throws DaemonFailure, InterruptedException {
        try {
            return Optional.of(daemon.ask(
                            "look at an image",
                            client -> client.inspectImageCmd(reference).exec())
                    .getId());
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void requireThere(String reference) throws RuntimeFailure, InterruptedException {
        if (!has(reference)) {
            throw new RuntimeFailure("the Docker Engine took the image, but does not know it as " + reference);
        }
    }

    private <T extends ResponseItem> void begin(Transfer<T> transfer, Daemon.Conversation<?> conversation)
            throws RuntimeFailure, InterruptedException {
        try {
            daemon.converse(transfer.what(), daemon.limit(), (Speaking speaking) -> {
                speaking.control().pingCmd().exec(); // finds out here whether the version still suits
                return conversation.with(speaking);
            });
        } catch (DaemonFailure e) {
            transfer.close();
            throw new RuntimeFailure(e.getMessage(), e);
        } catch (InterruptedException e) {
            transfer.close();
            throw e;
        }
    }

    /** Without a tag, the daemon would fetch all that there are. */
    static String tagged(String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return name.indexOf(':') < 0 && name.indexOf('@') < 0 ? reference + ":latest" : reference;
    }
}
