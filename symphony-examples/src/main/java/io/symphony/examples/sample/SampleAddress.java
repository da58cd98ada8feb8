package io.symphony.examples.sample;

import org.jspecify.annotations.Nullable;

/** Where the sample listens. */
public record SampleAddress(String host, int port) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PORT = "8080";

    static SampleAddress of(String[] arguments, @Nullable String portFromEnvironment) {
        String host = LOOPBACK;
        String port = portFromEnvironment == null ? PORT : portFromEnvironment;
        String portKey = portFromEnvironment == null ? "--port" : "PORT";
        for (int i = 0; i < arguments.length; i += 2) {
            String value = value(arguments, i);
            if (arguments[i].equals("--host")) {
                host = value;
            } else {
                portKey = arguments[i];
                port = value;
            }
        }
        return new SampleAddress(host, port(portKey, port));
    }

    private static String value(String[] arguments, int option) {
        String name = arguments[option];
        if (!name.equals("--host") && !name.equals("--port")) {
            throw new IllegalArgumentException(name + ": unknown option (expected: --port N or --host ADDRESS)");
        }
        if (option + 1 == arguments.length) {
            throw new IllegalArgumentException(name + ": no value (expected: one)");
        }
        return arguments[option + 1];
    }

    private static int port(String key, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, text);
        }
        throw wrong(key, text);
    }

    private static IllegalArgumentException wrong(String key, String text) {
        return new IllegalArgumentException(key + ": " + text + " (expected: a port, 0 to 65535)");
    }
}
