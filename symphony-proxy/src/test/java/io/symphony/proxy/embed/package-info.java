@org.jspecify.annotations.NullMarked
package io.symphony.proxy.embed;
