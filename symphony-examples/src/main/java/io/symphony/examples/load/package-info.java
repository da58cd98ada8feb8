/** The load tool: keep-alive connections on a few {@code java.nio} event loops, and what they measured. */
@NullMarked
package io.symphony.examples.load;

import org.jspecify.annotations.NullMarked;
