package io.symphony.proxy;

import java.io.IOException;
import java.io.OutputStream;

/** Where the lines of an access log go. One thread uses it. */
interface LogSink {

    void write(byte[] lines) throws IOException;

    void close() throws IOException;

    static LogSink to(OutputStream out) {
        return new LogSink() {
            @Override
            public void write(byte[] lines) throws IOException {
                out.write(lines);
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }

            @Override
            public String toString() {
                return "a stream";
            }
        };
    }
}
