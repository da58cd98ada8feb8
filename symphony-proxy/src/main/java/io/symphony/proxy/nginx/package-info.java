/** nginx as the balancer in front: its upstream file, its reloads, and a whole nginx of our own. */
@NullMarked
package io.symphony.proxy.nginx;

import org.jspecify.annotations.NullMarked;
