package io.symphony.examples.load;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One event loop: its connections, and the requests that it takes for them. */
final class LoadLoop implements Runnable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long TIMEOUT_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The selector waits in whole milliseconds; below one we look this often, so that a request leaves in time. */
    private static final long SHORT_NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long NONE_TAKEN = Long.MIN_VALUE;

    private final Tickets tickets;
    private final long timeoutNanos;
    private final String timeoutReason;
    private final Tally tally = new Tally();
    private final Selector selector;
    private final ByteBuffer wire;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Connection> resting = new ArrayDeque<>();
    private long dueNanos = NONE_TAKEN;
    private long nextTimeoutCheck;
    private volatile boolean stopped;
    private volatile long endNanos;

    LoadLoop(LoadPlan plan, int share, Tickets tickets) throws IOException {
        this.tickets = tickets;
        this.timeoutNanos = plan.timeout().toNanos();
        this.timeoutReason = "no answer within " + plan.timeout().toMillis() + " ms";
        this.selector = Selector.open();
        this.wire = plan.request().bytes();
        for (int i = 0; i < share; i++) {
            connections.add(new Connection(plan.request()));
        }
        idle.addAll(connections);
    }

    @Override
    public void run() {
        try {
            turn();
        } catch (IOException e) {
            tally.failed(reason(e));
        } finally {
            endNanos = System.nanoTime();
            connections.forEach(Connection::disconnect);
            Quietly.close(selector);
        }
    }

    /** Ends the loop at once; what is under way is not counted. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    Tally tally() {
        return tally;
    }

    long endNanos() {
        return endNanos;
    }

    private void turn() throws IOException {
        long now = System.nanoTime();
        nextTimeoutCheck = now + TIMEOUT_CHECK_NANOS;
        while (!stopped) {
            resume(now);
            if (idle.size() == connections.size() && !hasMore(now)) {
                return;
            }
            select(now);
            now = System.nanoTime();
            expire(now);
        }
    }

    private void resume(long now) {
        for (Connection rested = resting.poll(); rested != null; rested = resting.poll()) {
            idle.push(rested);
        }
        while (!idle.isEmpty() && isDue(now)) {
            send(idle.pop(), now);
        }
    }

    private boolean hasMore(long now) {
        return next() != Schedule.NEVER && !tickets.isOver(now);
    }

    private boolean isDue(long now) {
        return hasMore(now) && next() - now <= 0;
    }

    private long next() {
        if (dueNanos == NONE_TAKEN) {
            dueNanos = tickets.take();
        }
        return dueNanos;
    }

    private void send(Connection connection, long now) {
        long from = tickets.isOpenLoop() ? dueNanos : now;
        dueNanos = NONE_TAKEN;
        try {
            connection.send(selector, wire, from, now);
        } catch (IOException e) {
            broken(connection, e);
        }
    }

    private void select(long now) throws IOException {
        long wait = waitNanos(now);
        if (wait >= MILLI_NANOS) {
            selector.select(this::ready, wait / MILLI_NANOS);
        } else if (selector.selectNow(this::ready) == 0) {
            LockSupport.parkNanos(Math.min(wait, SHORT_NAP_NANOS));
        }
    }

    private long waitNanos(long now) {
        if (!resting.isEmpty()) {
            return MILLI_NANOS;
        }
        long untilCheck = Math.max(MILLI_NANOS, nextTimeoutCheck - now);
        return idle.isEmpty() || !hasMore(now) ? untilCheck : Math.min(untilCheck, next() - now);
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection.isAnswered(key, in, tally)) {
                answered(connection);
            }
        } catch (IOException e) {
            broken(connection, e);
        }
    }

    private void answered(Connection connection) {
        long now = System.nanoTime();
        tally.answered(connection.status(), now - connection.countsFromNanos());
        connection.rest();
        if (isDue(now)) {
            send(connection, now);
        } else {
            idle.push(connection);
        }
    }

    private void broken(Connection connection, IOException cause) {
        if (!connection.isBusy()) {
            connection.disconnect();
        } else if (connection.mayResend()) {
            tally.reconnected();
            connection.disconnect();
            resend(connection);
        } else {
            fail(connection, reason(cause));
        }
    }

    private void resend(Connection connection) {
        try {
            connection.resend(selector, wire);
        } catch (IOException e) {
            fail(connection, reason(e));
        }
    }

    /** A connection that failed rests for one turn: else a server that refuses would be asked in a tight circle. */
    private void fail(Connection connection, String reason) {
        tally.failed(reason);
        connection.giveUp();
        resting.add(connection);
    }

    private void expire(long now) {
        if (now - nextTimeoutCheck < 0) {
            return;
        }
        nextTimeoutCheck = now + TIMEOUT_CHECK_NANOS;
        for (Connection connection : connections) {
            if (connection.isLate(now, timeoutNanos)) {
                fail(connection, timeoutReason);
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("reset") || message.equals("Broken pipe")
                ? "connection reset"
                : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
