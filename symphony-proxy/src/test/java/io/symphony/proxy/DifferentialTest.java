package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;

/** Our reading of a head against HttpCore's: it may be stricter, never different. */
class DifferentialTest {

    private static final int ROUNDS = 20_000;

    private final Damage damage = new Damage();
    private final RequestHead head = new RequestHead(32, 256);

    @Test
    void whateverWeAcceptHttpCoreReadsTheSameWay() throws Exception {
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage.to(Damage.REQUESTS);
            int length = head.parse(bytes, 0, bytes.length);
            if (length > 0) {
                accepted++;
                ClassicHttpRequest theirs = parse(bytes, length);
                assertThat(text(head.methodStart(), head.methodEnd()))
                        .as(damage.shown(bytes))
                        .isEqualTo(theirs.getMethod());
                compareFields(bytes, theirs.getHeaders());
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 50);
    }

    private void compareFields(byte[] bytes, Header[] theirs) {
        FieldLines ours = head.fields();
        assertThat(ours.count()).as(damage.shown(bytes)).isEqualTo(theirs.length);
        for (int field = 0; field < theirs.length; field++) {
            assertThat(text(ours.nameStart(field), ours.nameEnd(field)))
                    .as(damage.shown(bytes))
                    .isEqualTo(theirs[field].getName());
            assertThat(text(ours.valueStart(field), ours.valueEnd(field)))
                    .as(damage.shown(bytes))
                    .isEqualTo(String.valueOf(theirs[field].getValue()));
        }
    }

    private static ClassicHttpRequest parse(byte[] bytes, int length) throws IOException, HttpException {
        SessionInputBufferImpl buffer = new SessionInputBufferImpl(1_024);
        return new DefaultHttpRequestParser().parse(buffer, new ByteArrayInputStream(bytes, 0, length));
    }

    private String text(int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
