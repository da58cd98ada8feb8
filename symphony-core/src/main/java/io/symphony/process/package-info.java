/** Replicas as child processes of this one, with nothing but the JDK. */
@NullMarked
package io.symphony.process;

import org.jspecify.annotations.NullMarked;
