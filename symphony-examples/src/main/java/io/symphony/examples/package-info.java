/** The bundled program: the orchestrator, the sample REST service and the load tool. */
@NullMarked
package io.symphony.examples;

import org.jspecify.annotations.NullMarked;
