package io.symphony.process;

import java.util.Map;

/** How a process came to its end, in words. */
final class Ending {

    private static final int SIGNALLED = 128;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** The signals whose numbers are the same on every system. */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    private Ending() {}

    /** Describes an exit code as the JDK gives it: 128 and the signal's number for a process that was killed. */
    static String of(int exitCode) {
        String name = SIGNALS.get(exitCode - SIGNALLED);
        if (name != null) {
            return "killed by " + name + " (" + (exitCode - SIGNALLED) + "), exit code " + exitCode;
        }
        return "ended with exit code " + exitCode + remark(exitCode);
    }

    /** Only the parent learns the exit code, and that was another orchestrator. */
    static String ofAdopted() {
        return "ended; its exit code is unknown, because another orchestrator started it";
    }

    private static String remark(int exitCode) {
        return switch (exitCode) {
            case 0 -> " (a replica has to stay in the foreground)";
            case NOT_EXECUTABLE -> " (by convention: cannot be executed)";
            case NOT_FOUND -> " (by convention: command not found)";
            default -> "";
        };
    }
}
