/** The bundled program: {@code demo}, {@code up}, {@code load} and {@code sample}. */
@NullMarked
package io.symphony.examples;

import org.jspecify.annotations.NullMarked;
