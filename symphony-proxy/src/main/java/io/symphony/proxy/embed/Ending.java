package io.symphony.proxy.embed;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Hears that an asynchronous request has failed or come too late. */
record Ending(Runnable giveUp) implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) {
        giveUp.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        giveUp.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // it ended well, or one of the others has been told
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it goes on
    }
}
