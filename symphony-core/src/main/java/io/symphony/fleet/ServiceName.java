package io.symphony.fleet;

import java.util.regex.Pattern;

/** The rule for a service's name: it has to serve as a label, a container's name and a part of a host name. */
final class ServiceName {

    private static final Pattern RULE = Pattern.compile("[a-z0-9]([a-z0-9_.-]{0,61}[a-z0-9])?");

    private ServiceName() {}

    static String require(String name) {
        if (!RULE.matcher(name).matches()) {
            throw new IllegalArgumentException("name: '" + name
                    + "' (expected: 1 to 63 of a-z, 0-9, '-', '_', '.', starting and ending with a letter or digit)");
        }
        return name;
    }
}
