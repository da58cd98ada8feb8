/** The orchestrator in a Spring Boot application. */
@NullMarked
package io.symphony.spring;

import org.jspecify.annotations.NullMarked;
