/** For those who measure with Micrometer, and bring it. */
@NullMarked
package io.symphony.micrometer;

import org.jspecify.annotations.NullMarked;
