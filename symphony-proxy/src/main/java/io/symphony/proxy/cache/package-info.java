/** A shared HTTP cache (RFC 9111): its rules, which know no socket, and its store. Not exported. */
@NullMarked
package io.symphony.proxy.cache;

import org.jspecify.annotations.NullMarked;
