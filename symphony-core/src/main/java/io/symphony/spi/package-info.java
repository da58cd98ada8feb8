/** The outside world: where replicas run, how they are probed, what time it is, and who wants to know. */
@NullMarked
package io.symphony.spi;

import org.jspecify.annotations.NullMarked;
