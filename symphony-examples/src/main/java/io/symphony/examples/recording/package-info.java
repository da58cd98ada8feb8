/** Recordings of decisions: files with one JSON object a line, written by {@code up} and replayed by {@code simulate}. */
@NullMarked
package io.symphony.examples.recording;

import org.jspecify.annotations.NullMarked;
