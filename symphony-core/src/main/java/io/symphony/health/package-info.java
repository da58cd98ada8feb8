/** Is it well? Active checks, passive ejection, and when to replace. */
@NullMarked
package io.symphony.health;

import org.jspecify.annotations.NullMarked;
