/** What the request path costs. */
package io.symphony.bench;
