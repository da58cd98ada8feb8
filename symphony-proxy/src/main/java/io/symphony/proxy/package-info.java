/**
 * The built-in HTTP/1.1 listener, from the socket of a client to the socket of a replica and back, and the HTTP probe.
 */
@NullMarked
package io.symphony.proxy;

import org.jspecify.annotations.NullMarked;
