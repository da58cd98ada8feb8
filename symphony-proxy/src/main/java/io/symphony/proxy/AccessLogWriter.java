package io.symphony.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An access log that one thread of its own writes, some twenty times a second. Event loops only put entries into a
 * queue, without a lock and without waking anybody. What the queue has no room for, or the file, is dropped and
 * counted; the count is reported once a minute and at the end.
 *
 * <pre>{@code
 * try (AccessLogWriter log = AccessLog.common(Path.of("access.log"))) {
 *     Listener.forwarding(orchestrator).accessLog(log).start();
 * }
 * }</pre>
 */
public final class AccessLogWriter implements AccessLog, AutoCloseable {

    /** What may wait, counted in characters, so that long targets cannot fill the memory. */
    static final long MOST_WAITING = 4 * 1024 * 1024;

    private static final int ENTRY_SIZE = 256;
    private static final int BATCH = 64 * 1024;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final long REPORT_NANOS = 60_000_000_000L;
    private static final long LAST_MOMENT_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);

    private final LogSink sink;
    private final AccessLogFormat format;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final StringBuilder lines = new StringBuilder(BATCH);
    private final Thread thread = new Thread(this::run, "symphony-access-log");
    private int batched;
    private long reported;
    private String trouble = "";
    private volatile boolean closed;

    AccessLogWriter(LogSink sink, AccessLogFormat format) {
        this.sink = sink;
        this.format = format;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void ended(Entry entry) {
        int size = size(entry);
        if (closed || waiting.addAndGet(size) > MOST_WAITING) {
            waiting.addAndGet(-size);
            dropped.incrementAndGet();
            return;
        }
        queue.add(entry);
    }

    private static int size(Entry entry) {
        return ENTRY_SIZE
                + entry.method().length()
                + entry.target().length()
                + entry.requestId().length();
    }

    /** The requests that are missing in the log. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        long due = System.nanoTime() + REPORT_NANOS;
        while (!closed) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            writeAll();
            if (System.nanoTime() - due >= 0) {
                report();
                due = System.nanoTime() + REPORT_NANOS;
            }
        }
        writeAll();
        report();
        try {
            sink.close();
        } catch (IOException e) {
            LOG.warn("access log {}: {}", sink, e.getMessage());
        }
    }

    private void writeAll() {
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            waiting.addAndGet(-size(entry));
            format.write(entry, lines);
            batched++;
            if (lines.length() >= BATCH) {
                writeBatch();
            }
        }
        writeBatch();
    }

    private void writeBatch() {
        if (batched == 0) {
            return;
        }
        try {
            sink.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            dropped.addAndGet(batched);
            trouble = "; " + e.getMessage();
        }
        batched = 0;
        lines.setLength(0);
    }

    private void report() {
        long now = dropped.get();
        if (now > reported) {
            LOG.warn("access log {}: {} lines dropped, {} in all{}", sink, now - reported, now, trouble);
            reported = now;
            trouble = "";
        }
    }

    /** Writes what waits, and ends the log; close the listener first. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_MOMENT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
