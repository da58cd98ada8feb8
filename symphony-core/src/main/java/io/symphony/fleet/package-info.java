/** What exists: the service that was asked for, and its replicas with their phases and addresses. */
@NullMarked
package io.symphony.fleet;

import org.jspecify.annotations.NullMarked;
