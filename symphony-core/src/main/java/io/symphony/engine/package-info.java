/** The engine behind the door: the control loop, the planner, the actuator and the request path; not exported. */
@NullMarked
package io.symphony.engine;

import org.jspecify.annotations.NullMarked;
