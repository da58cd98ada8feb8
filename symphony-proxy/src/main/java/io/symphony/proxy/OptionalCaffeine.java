package io.symphony.proxy;

/** Caffeine, which is there where its user brings it. Only classes that are loaded for an option stand on it. */
final class OptionalCaffeine {

    private static final String CLASS = "com.github.benmanes.caffeine.cache.Caffeine";

    private OptionalCaffeine() {}

    /** Says what is missing before an option fails for the lack of it. */
    static void require(String option) {
        require(option, OptionalCaffeine.class.getClassLoader());
    }

    static void require(String option, ClassLoader loader) {
        try {
            Class.forName(CLASS, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    option + ": there is no Caffeine (expected: the dependency com.github.ben-manes.caffeine:caffeine,"
                            + " and on the module path --add-modules com.github.benmanes.caffeine)",
                    e);
        }
    }
}
