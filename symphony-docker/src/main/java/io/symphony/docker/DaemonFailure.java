package io.symphony.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call to the daemon that did not work, and in which of the ways that callers tell apart. */
final class DaemonFailure extends Exception {

    private static final long serialVersionUID = 1;
    private static final Pattern JSON =
            Pattern.compile("\\{\\s*\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*}\\s*");

    private final Kind kind;

    private DaemonFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The daemon's own refusal. */
    static DaemonFailure refused(String what, DockerException answer) {
        String words = "the Docker Engine refused to " + what + " (" + answer.getHttpStatus() + "): " + message(answer);
        return new DaemonFailure(kind(answer.getHttpStatus()), words, answer);
    }

    /** No connection, or one that broke; whether the daemon has done what was asked is unknown. */
    static DaemonFailure unreachable(String what, DaemonAddress daemon, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new DaemonFailure(
                Kind.UNREACHABLE,
                "cannot " + what + ", because there is no connection to the Docker Engine at " + daemon + " (" + root
                        + "). Does it run, and may we open its socket?",
                cause);
    }

    /** No answer in time; the daemon may still do what was asked. */
    static DaemonFailure silent(String what, Duration limit, Throwable cause) {
        return new DaemonFailure(
                Kind.SILENT,
                "cannot " + what + ", because the Docker Engine gave no answer within " + limit.toMillis() + " ms",
                cause);
    }

    /** Something that is wrong whatever the daemon says. */
    static DaemonFailure other(String message, Throwable cause) {
        return new DaemonFailure(Kind.OTHER, message, cause);
    }

    /** What the daemon did, but not as it was meant to. */
    static DaemonFailure other(String message) {
        return new DaemonFailure(Kind.OTHER, message, null);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it is unknown if the daemon has done what was asked. */
    boolean isOpen() {
        return kind == Kind.UNREACHABLE || kind == Kind.SILENT;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 304 -> Kind.DONE_ALREADY;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            default -> Kind.OTHER;
        };
    }

    /** The sentence in the daemon's JSON. */
    static String message(DockerException answer) {
        String body = String.valueOf(answer.getMessage()).strip();
        String text = body.startsWith("Status ")
                ? body.substring(body.indexOf(':') + 1).strip()
                : body;
        Matcher json = JSON.matcher(text);
        return json.matches() ? json.group(1).replaceAll("\\\\(.)", "$1") : text;
    }

    /** The ways to fail that lead to different reactions. */
    enum Kind {
        DONE_ALREADY,
        NOT_FOUND,
        CONFLICT,
        UNREACHABLE,
        SILENT,
        OTHER
    }
}
