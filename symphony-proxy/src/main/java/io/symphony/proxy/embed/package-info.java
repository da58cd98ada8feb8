/** A forwarder inside other servers: the JDK's own, and whatever speaks Jakarta Servlet. */
@NullMarked
package io.symphony.proxy.embed;

import org.jspecify.annotations.NullMarked;
