/** A policy before its first night: traffic, a service and the real control side in virtual time. */
@NullMarked
package io.symphony.rehearsal;

import org.jspecify.annotations.NullMarked;
