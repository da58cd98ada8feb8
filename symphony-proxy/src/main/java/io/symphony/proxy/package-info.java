/** The listener and the forwarder in front of the replicas, the HTTP probe, and the dashboard. */
@NullMarked
package io.symphony.proxy;

import org.jspecify.annotations.NullMarked;
