package io.symphony.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines that a container wrote, or a service of a swarm, as its log driver keeps them. */
final class Output {

    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int LINES = 20;
    private static final int LINE_CHARS = 400;
    private static final int MOST_BYTES = 1 << 20;

    /** How a manager says, among the lines, that it cannot get at more of them. */
    private static final String SWARM_TROUBLE = "Error grabbing logs: ";

    /** Terminal sequences and control characters: what a replica wrote ends up on somebody's terminal. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]|[\\x00-\\x08\\x0b-\\x1f\\x7f\\x80-\\x9f]");

    private final Daemon daemon;

    Output(Daemon daemon) {
        this.daemon = daemon;
    }

    /** Each cut to a length; empty where there are none, or the log driver cannot be read. */
    String lastLines(String container) throws InterruptedException {
        return lastLines(
                container,
                client -> client.logContainerCmd(container)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(LINES));
    }

    /** The same of a service of a swarm, wherever its task ran; none where its node does not answer. */
    String lastLinesOfService(String service) throws InterruptedException {
        String lines = lastLines(
                service,
                client -> client.logServiceCmd(service)
                        .withStdout(true)
                        .withStderr(true)
                        .withTail(LINES));
        return lines.lines().filter(line -> !line.contains(SWARM_TROUBLE)).collect(Collectors.joining("\n"));
    }

    private String lastLines(String whose, Function<DockerClient, AsyncDockerCmd<?, Frame>> command)
            throws InterruptedException {
        Bytes bytes = new Bytes();
        try (Pieces<Frame> pieces = new Pieces<>(bytes::add)) {
            daemon.converse(
                    "read output",
                    LIMIT,
                    speaking -> command.apply(speaking.streams()).exec(pieces));
            if (!pieces.awaitEnd(LIMIT)) {
                LOG.debug("the output of {} did not end within {}", whose, LIMIT);
            }
            pieces.problem().ifPresent(problem -> LOG.debug("no output of {}", whose, problem));
        } catch (DaemonFailure e) {
            LOG.debug("no output of {}", whose, e);
        }
        return readable(bytes.text());
    }

    static String readable(String text) {
        List<String> lines = text.lines()
                .map(line -> UNPRINTABLE.matcher(line).replaceAll(""))
                .filter(line -> !line.isBlank())
                .map(line -> line.length() > LINE_CHARS ? line.substring(0, LINE_CHARS) + "..." : line)
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** What has come so far. */
    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        synchronized void add(Frame frame) {
            if (bytes.size() < MOST_BYTES) {
                bytes.writeBytes(frame.getPayload());
            }
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
