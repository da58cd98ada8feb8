package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.proxy.AccessLog;
import io.symphony.proxy.AccessLogWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where each request is written down, and how. */
record AccessLogPlan(String place, Format format) {
    static final String STANDARD_OUTPUT = "-";

    enum Format {
        JSON,
        COMMON;

        static Map<String, Format> byName() {
            return Map.of("json", JSON, "common", COMMON);
        }
    }

    static Optional<AccessLogPlan> of(Configuration values) {
        return values.find(FrontSettings.ACCESS_LOG)
                .map(place -> new AccessLogPlan(place, values.value(FrontSettings.ACCESS_LOG_FORMAT)));
    }

    AccessLogWriter open() throws CannotStart {
        try {
            return place.equals(STANDARD_OUTPUT) ? onStandardOutput() : in(Path.of(place));
        } catch (UncheckedIOException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private AccessLogWriter onStandardOutput() {
        // System.out may be redirected or coloured; it also hides errors.
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        return format == Format.JSON ? AccessLog.json(out) : AccessLog.common(out);
    }

    private AccessLogWriter in(Path file) {
        return format == Format.JSON ? AccessLog.json(file) : AccessLog.common(file);
    }
}
