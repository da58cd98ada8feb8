/** The sample REST service: small, quick to start, and made of nothing but the JDK, so that it runs anywhere. */
@NullMarked
package io.symphony.examples.sample;

import org.jspecify.annotations.NullMarked;
