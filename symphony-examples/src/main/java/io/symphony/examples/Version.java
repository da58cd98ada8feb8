package io.symphony.examples;

import org.jspecify.annotations.Nullable;

/** Which version this is, as its jar says. */
final class Version {
    private Version() {}

    static String text() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
