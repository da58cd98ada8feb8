package io.symphony.proxy.admin;

/** What a request gets: a reply as a whole, or a feed that goes on. */
sealed interface Answer permits Reply, Feed {}
