package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The certificate that the listener shows to its clients; without one it speaks plain HTTP. */
final class TlsSettings {
    static final Setting<Path> CERTIFICATE = Setting.of("tls-cert", "FILE", file())
            .saying("Speak HTTPS, with this certificate and those above it (PEM, leaf first)");
    static final Setting<Path> KEY = Setting.of("tls-key", "FILE", file())
            .saying("The certificate's key (PEM, PKCS#8, RSA or EC, without a password)");
    static final Setting<Path> PKCS12 = Setting.of("tls-pkcs12", "FILE", file())
            .saying("Speak HTTPS, with the key and the certificates of this PKCS#12 file");
    static final Setting<String> PASSWORD = Setting.of("tls-password", "TEXT", Parsers.text())
            .asSecret()
            .saying("The PKCS#12 file's password; best as SYMPHONY_TLS_PASSWORD, which others cannot see");
    static final Setting<Duration> RELOAD = Setting.of("tls-reload", "D", durationOf(Duration.ofMillis(100)))
            .fallback("10s")
            .saying("How often the files are looked at; new connections get what changed");

    private TlsSettings() {}

    static List<Setting<?>> all() {
        return List.of(CERTIFICATE, KEY, PKCS12, PASSWORD, RELOAD);
    }

    /** The settings must have been checked to fit together. */
    static Optional<Tls> plan(Configuration values) {
        Optional<Tls> pem = values.find(CERTIFICATE).map(file -> Tls.pem(file, values.value(KEY)));
        return pem.or(() -> values.find(PKCS12)
                        .map(file -> Tls.pkcs12(file, values.find(PASSWORD).orElse(""))))
                .map(tls -> tls.reloadEvery(values.value(RELOAD)));
    }

    private static Single<Path> file() {
        return Parsers.nonEmpty("a file").to(Path::of);
    }
}
