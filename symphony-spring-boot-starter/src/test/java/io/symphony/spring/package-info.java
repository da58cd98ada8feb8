@org.jspecify.annotations.NullMarked
package io.symphony.spring;
