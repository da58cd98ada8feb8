package io.symphony.proxy.admin;

/** What one path answers. It runs on the server's only thread, so it must not wait for anything. */
@FunctionalInterface
interface Page {
    Answer answer(Call call);
}
