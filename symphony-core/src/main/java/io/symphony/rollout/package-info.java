/** Is the new one as good? How a new version takes the former one's place, and what the two are compared by. */
@NullMarked
package io.symphony.rollout;

import org.jspecify.annotations.NullMarked;
