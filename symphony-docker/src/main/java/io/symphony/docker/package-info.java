/** Replicas as containers on a Docker Engine. */
@NullMarked
package io.symphony.docker;

import org.jspecify.annotations.NullMarked;
