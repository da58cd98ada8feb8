/** How many? Policies that decide from what was measured, and the ranges and paces that bound them. */
@NullMarked
package io.symphony.scaling;

import org.jspecify.annotations.NullMarked;
