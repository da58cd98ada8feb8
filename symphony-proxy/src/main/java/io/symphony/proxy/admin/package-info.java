/**
 * The admin listener: dashboard, status, streams, metrics and orders, on a port, a thread and limits of its own.
 */
@NullMarked
package io.symphony.proxy.admin;

import org.jspecify.annotations.NullMarked;
