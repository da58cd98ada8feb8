/** The door: an orchestrator to embed, the leases that it hands out, and a status that people can read. */
@NullMarked
package io.symphony;

import org.jspecify.annotations.NullMarked;
