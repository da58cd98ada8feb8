package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.nginx.NginxCommand;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How nginx stands before the replicas: one of our own, or one that somebody else set up. */
final class NginxSettings {
    static final Setting<List<String>> COMMAND = Setting.many("nginx-command", "\"CMD ...\"", Parsers.command())
            .fallback("nginx")
            .saying("With --proxy nginx: how nginx is called, such as \"sudo nginx\"");
    static final Setting<Path> UPSTREAM = Setting.of("nginx-upstream", "FILE", NginxSettings::path)
            .saying("For an nginx that you run: the file with the replicas, which your nginx.conf includes");
    static final Setting<URI> STATUS = Setting.of("nginx-status", "URL", NginxSettings::url)
            .saying("For an nginx that you run: its stub_status page, where requests are counted");
    static final Setting<Path> PID = Setting.of("nginx-pid", "FILE", NginxSettings::path)
            .saying("For an nginx that you run: where its process id stands (default: as its configuration says)");

    private NginxSettings() {}

    /** Those of an nginx that somebody else set up. */
    static List<Setting<?>> ofTheirs() {
        return List.of(UPSTREAM, STATUS, PID);
    }

    static NginxPlan plan(Configuration values) {
        NginxCommand command = NginxCommand.of(values.value(COMMAND).toArray(String[]::new));
        return new NginxPlan(command, values.find(UPSTREAM), values.find(STATUS), values.find(PID));
    }

    private static Path path(String text) throws Parser.Unexpected {
        if (text.isBlank()) {
            throw new Parser.Unexpected("a file");
        }
        return Path.of(text);
    }

    private static URI url(String text) throws Parser.Unexpected {
        try {
            URI url = URI.create(text);
            if ("http".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new Parser.Unexpected("http://HOST:PORT/PATH");
        }
        throw new Parser.Unexpected("http://HOST:PORT/PATH");
    }

    /** @param upstream the file in an nginx of theirs; without one we run our own */
    record NginxPlan(NginxCommand command, Optional<Path> upstream, Optional<URI> status, Optional<Path> pid) {}
}
