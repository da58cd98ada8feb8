/** The promises that implementations of the service interfaces keep, as tests that they inherit. */
package io.symphony.contract;
