package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.MaintenancePage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What clients are told while the service is under maintenance. */
final class MaintenanceSettings {
    static final Setting<Path> PAGE = Setting.of(
                    "maintenance-page", "FILE", Parsers.nonEmpty("a file").to(Path::of))
            .saying("Under maintenance clients get this page of HTML (default: a few plain words)");
    static final Setting<Duration> RETRY_AFTER = Setting.of(
                    "maintenance-retry-after",
                    "D",
                    Parsers.accepted(
                            durationOf(Duration.ofSeconds(1)),
                            MaintenancePage.plain()::withRetryAfter,
                            "a duration of 1s to 365 days"))
            .fallback("1m")
            .saying("And when they may come again");

    private MaintenanceSettings() {}

    static MaintenancePlan plan(Configuration values) {
        return new MaintenancePlan(values.find(PAGE), values.value(RETRY_AFTER));
    }

    /** @param file where the page stands; without one it is the library's own */
    record MaintenancePlan(Optional<Path> file, Duration retryAfter) {

        MaintenancePage page() throws CannotStart {
            return (file.isPresent() ? read(file.get()) : MaintenancePage.plain()).withRetryAfter(retryAfter);
        }

        private static MaintenancePage read(Path file) throws CannotStart {
            try {
                return MaintenancePage.from(file);
            } catch (IOException | IllegalArgumentException e) {
                throw new CannotStart("--" + PAGE.key() + ": " + file + " (expected: a file of HTML in UTF-8): " + e);
            }
        }
    }
}
