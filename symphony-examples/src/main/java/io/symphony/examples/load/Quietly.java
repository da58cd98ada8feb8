package io.symphony.examples.load;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Closes what is given up anyway. */
final class Quietly {
    private static final Logger LOG = System.getLogger(Quietly.class.getName());

    private Quietly() {}

    static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "close failed", e);
        }
    }
}
