package io.symphony.proxy;

import io.symphony.spi.Ticker;

/** A budget of retries that several threads take from. */
final class SharedRetries {

    private final RetryBudget budget;
    private final Ticker ticker;

    SharedRetries(int percent, int floor, Ticker ticker) {
        budget = new RetryBudget(percent, floor, ticker.nanos());
        this.ticker = ticker;
    }

    synchronized void request() {
        budget.request(ticker.nanos());
    }

    synchronized boolean grants(Loss loss, boolean mayBeRepeated) {
        return budget.grants(loss, mayBeRepeated, ticker.nanos());
    }

    synchronized boolean take() {
        return budget.take(ticker.nanos());
    }
}
