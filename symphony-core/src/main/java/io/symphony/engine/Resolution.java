package io.symphony.engine;

import io.symphony.spi.Mandate.Decree;

/**
 * What the control side has decided and wants written down.
 *
 * @param term in which it was decided; one of another term says nothing any more
 * @param serial how often it has changed
 */
record Resolution(Decree decree, long term, long serial) {}
