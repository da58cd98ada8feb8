package io.symphony.examples.chaos;

import java.util.concurrent.TimeUnit;

/** Signals to processes of ours, by the command that every Unix has. */
final class Signals {

    private Signals() {}

    /** Sends one; a process that is gone does not hear it. */
    static void send(long pid, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .redirectErrorStream(true)
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("kill -" + name + " " + pid + " does not end");
        }
    }
}
