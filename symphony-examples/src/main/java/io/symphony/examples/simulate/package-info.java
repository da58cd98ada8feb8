/** What {@code simulate} shows of rehearsals: a table and a chart. */
@NullMarked
package io.symphony.examples.simulate;

import org.jspecify.annotations.NullMarked;
