/** Settings and where their values come from: a flag, the environment, a file, or a default. */
@NullMarked
package io.symphony.examples.config;

import org.jspecify.annotations.NullMarked;
