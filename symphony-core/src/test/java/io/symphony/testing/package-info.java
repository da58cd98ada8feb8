/** The outside world in memory: what tests put in the place of runtimes, probes and clocks. */
package io.symphony.testing;
