package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;
import static io.symphony.examples.config.Parsers.oneOf;

import io.symphony.OnExit;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How this program itself runs and ends. */
final class RunSettings {
    static final Setting<Duration> DRAIN = Setting.of("drain", "D", duration())
            .fallback("30s")
            .saying("How long requests may finish when their replica leaves, or this program ends");
    static final Setting<Duration> DRAIN_STREAMS = Setting.of("drain-streams", "D", duration())
            .saying("How long responses that have begun, and tunnels, may go on at the end (default: as --drain)");
    static final Setting<OnExit> ON_EXIT = Setting.of(
                    "on-exit", "leave|stop", oneOf(Map.of("leave", OnExit.LEAVE, "stop", OnExit.STOP), "leave or stop"))
            .fallback("leave")
            .saying("What becomes of the replicas when this program ends; the next start takes over what it left");
    static final Setting<String> CONFIG = Setting.of("config", "FILE", Parsers.nonEmpty("a file"))
            .saying("A YAML file of these settings, without the dashes");
    static final Setting<Boolean> DRY_RUN =
            Setting.toggle("dry-run").asFlagOnly().saying("Say what would run, and where each value comes from");
    static final Setting<Boolean> PLAIN =
            Setting.toggle("plain").saying("Plain lines without colour, as when the output is no terminal");

    private RunSettings() {}

    /** Those that {@code demo} shares. */
    static List<Setting<?>> common() {
        return List.of(DRAIN, DRAIN_STREAMS, CONFIG, PLAIN);
    }
}
