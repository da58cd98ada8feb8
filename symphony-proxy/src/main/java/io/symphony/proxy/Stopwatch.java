package io.symphony.proxy;

/** Takes the time of one request after another by the loop's clock, and notes it once for each. */
final class Stopwatch {

    private final Loop loop;
    private final Durations durations;
    private long began;
    private boolean running;

    Stopwatch(Loop loop, Durations durations) {
        this.loop = loop;
        this.durations = durations;
    }

    void start() {
        began = loop.now();
        running = true;
    }

    /** Notes the time; a second stop changes nothing. */
    void stop(RequestMethod.Meaning method, int status, RequestError error) {
        if (running) {
            running = false;
            durations.note(method, status, error, loop.now() - began);
        }
    }
}
