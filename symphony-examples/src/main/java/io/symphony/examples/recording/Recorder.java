package io.symphony.examples.recording;

import io.symphony.scaling.Deliberation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes decisions into a file, on a thread of its own, so that a slow disk holds up nobody. A recording has no gaps: where it
 * cannot go on it ends, and the log says why.
 */
public final class Recorder implements Consumer<Deliberation>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** A quarter of an hour of decisions that nobody writes. */
    private static final int MOST_UNWRITTEN = 10_000;

    private static final long MOST_CHARACTERS = 1L << 30;
    private static final long FLUSH_AFTER_MILLIS = 500;
    private static final long CLOSE_WITHIN_MILLIS = 5_000;

    private final Path file;
    private final BufferedWriter out;
    private final Thread thread = new Thread(this::write, "symphony-recording");
    private final BlockingQueue<Optional<Deliberation>> queue = new ArrayBlockingQueue<>(MOST_UNWRITTEN);
    private volatile boolean ended;
    private long written;

    private Recorder(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a recording, in the place of a former one.
     *
     * @param settings those that make the policy, by their keys
     */
    public static Recorder into(Path file, String service, String policy, Map<String, List<String>> settings)
            throws IOException {
        Recorder recorder = new Recorder(file, Files.newBufferedWriter(file));
        recorder.append(Lines.head(service, policy, settings));
        recorder.thread.setDaemon(true);
        recorder.thread.start();
        return recorder;
    }

    @Override
    public void accept(Deliberation deliberation) {
        if (!ended && !queue.offer(Optional.of(deliberation))) {
            end("the disk is too slow, " + MOST_UNWRITTEN + " decisions are not written yet");
        }
    }

    private void write() {
        try (out) {
            while (!ended) {
                Optional<Deliberation> next = next();
                if (next.isEmpty()) {
                    return;
                }
                append(Lines.line(next.get()));
                if (written > MOST_CHARACTERS) {
                    end("it has " + MOST_CHARACTERS + " characters");
                }
            }
        } catch (IOException e) {
            end("it cannot be written: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next one; empty at the end. What is written stands in the file while nothing comes. */
    private Optional<Deliberation> next() throws IOException, InterruptedException {
        for (; ; ) {
            Optional<Deliberation> next = queue.poll(FLUSH_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
            out.flush();
        }
    }

    private void append(String line) throws IOException {
        out.write(line);
        out.write('\n');
        written += line.length() + 1;
    }

    private void end(String why) {
        ended = true;
        LOG.warn("the recording {} ends here: {}", file, why);
    }

    /** Writes what is left, within five seconds. */
    @Override
    public void close() {
        try {
            if (queue.offer(Optional.empty(), CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.join(CLOSE_WITHIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
