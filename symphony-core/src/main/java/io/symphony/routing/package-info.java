/** Which one? Policies that choose a replica for one request. */
@NullMarked
package io.symphony.routing;

import org.jspecify.annotations.NullMarked;
