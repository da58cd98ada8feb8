package io.symphony.proxy;

import java.nio.ByteBuffer;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;

/**
 * A request whose head is written already, as HttpCore takes it. The fields that HttpCore sees are those that tell it
 * how long the body is; what goes out is the head as it stands.
 */
final class WrittenRequest extends BasicHttpRequest {

    private static final long serialVersionUID = 1;

    private final transient byte[] head;

    WrittenRequest(String method, byte[] head, long bodyBytes) {
        super(method, "/");
        this.head = head;
        if (bodyBytes < 0) {
            addHeader("Transfer-Encoding", "chunked");
        } else if (bodyBytes > 0) {
            addHeader("Content-Length", bodyBytes);
        }
    }

    /** Puts the head where HttpCore would put the one that it makes from fields. */
    static final class Writer implements NHttpMessageWriter<HttpRequest> {

        @Override
        public void reset() {
            // it remembers nothing
        }

        @Override
        public void write(HttpRequest request, SessionOutputBuffer out) {
            out.write(ByteBuffer.wrap(((WrittenRequest) request).head));
        }
    }
}
