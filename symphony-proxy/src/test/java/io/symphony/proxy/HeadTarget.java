package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.proxy.StrictReader.Message;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What must hold of any bytes that are read as a head. The first byte says which kind: a request's where it is even.
 */
final class HeadTarget {

    private static final int LONGEST = 8_192;
    private static final int CUTS = 8;
    private static final Peer PEER =
            new Peer(new InetSocketAddress("10.0.0.9", 1), new InetSocketAddress("10.0.0.2", 80));
    private static final HeaderPolicy POLICY = HeaderPolicy.defaults().withForwarded();

    private final RequestHead request = new RequestHead(64, 1_024);
    private final ResponseHead response = new ResponseHead(64);
    private final RequestRewrite requestRewrite = new RequestRewrite(POLICY);
    private final ResponseRewrite responseRewrite = new ResponseRewrite(POLICY);
    private final HeadWriter writer = new HeadWriter(LONGEST + RequestRewrite.GROWTH);

    void run(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, Math.min(input.length, LONGEST));
        boolean asksFor = input[0] % 2 == 0;
        Head head = asksFor ? request : response;
        int length = head.parse(bytes, 0, bytes.length);
        if (length > 0) {
            aHeadEndsWhereItsFirstEmptyLineDoes(bytes, length);
            if (asksFor) {
                whatIsForwardedFramesTheSame();
            } else {
                whatIsAnsweredFramesTheSame();
            }
        }
        itIsReadTheSameWayWhereverItIsCut(head, bytes, length);
        itIsReadTheSameWayWhereverItStands(head, bytes, length);
    }

    private static void aHeadEndsWhereItsFirstEmptyLineDoes(byte[] bytes, int length) {
        String text = text(bytes, 0, length);
        assertThat(text.indexOf("\r\n\r\n", 1) + 4).isEqualTo(length);
    }

    private void whatIsForwardedFramesTheSame() {
        if (request.hops() == 0) {
            return;
        }
        requestRewrite.write(request, PEER, writer);
        StrictReader reader = new StrictReader(text(writer.bytes(), 0, writer.length()));
        Message again = reader.requestHead();
        assertThat(reader.atEnd()).isTrue();
        assertThat(StrictReader.framing(again)).isEqualTo(framing(request));
        assertThat(again.method()).isEqualTo(text(request.bytes(), request.methodStart(), request.methodEnd()));
    }

    private void whatIsAnsweredFramesTheSame() {
        for (ResponseRewrite.Persistence persistence : ResponseRewrite.Persistence.values()) {
            responseRewrite.write(response, persistence, writer);
            StrictReader reader = new StrictReader(text(writer.bytes(), 0, writer.length()));
            Message again = reader.responseHead();
            assertThat(reader.atEnd()).isTrue();
            assertThat(again.status()).isEqualTo(response.status());
            boolean never = response.isInterim() || response.status() == ResponseHead.NO_CONTENT;
            assertThat(StrictReader.framing(again)).isEqualTo(never ? "" : framing(response));
        }
    }

    /** "chunked", the length without leading zeros, or nothing; as the strict reader has it. */
    private static String framing(Head head) {
        if (head.chunked()) {
            return "chunked";
        }
        for (int field = 0; field < head.fields().count(); field++) {
            if (head.fields().kind(field) == FieldLines.LENGTH) {
                String length = text(
                        head.bytes(),
                        head.fields().valueStart(field),
                        head.fields().valueEnd(field));
                assertThat(Long.parseLong(length)).isEqualTo(head.contentLength());
                return length;
            }
        }
        return "";
    }

    private static void itIsReadTheSameWayWhereverItIsCut(Head head, byte[] bytes, int whole) {
        int step = Math.max(1, bytes.length / CUTS);
        for (int cut = (bytes[0] & 0xff) % step; cut < bytes.length; cut += step) {
            int part = head.parse(bytes, 0, cut);
            if (whole > 0 && cut < whole || whole == Head.INCOMPLETE) {
                assertThat(part).as("cut at %d", cut).isEqualTo(Head.INCOMPLETE);
            } else if (part != Head.INCOMPLETE) {
                assertThat(part).as("cut at %d", cut).isEqualTo(whole);
            }
        }
    }

    private static void itIsReadTheSameWayWhereverItStands(Head head, byte[] bytes, int whole) {
        byte[] moved = new byte[bytes.length + 20];
        Arrays.fill(moved, (byte) '\n');
        System.arraycopy(bytes, 0, moved, 9, bytes.length);
        assertThat(head.parse(moved, 9, 9 + bytes.length)).isEqualTo(whole);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
