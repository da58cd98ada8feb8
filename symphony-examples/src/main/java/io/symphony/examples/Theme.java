package io.symphony.examples;

import io.symphony.examples.config.Setting;
import java.util.List;

/** Settings that belong together, as the help shows them. */
record Theme(String heading, List<Setting<?>> settings) {}
