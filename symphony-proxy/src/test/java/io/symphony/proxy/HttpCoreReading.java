package io.symphony.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.jspecify.annotations.Nullable;

/** What HttpCore reads in a head, and what we read, in the same words. */
record HttpCoreReading(List<String> start, List<String> fields, String framing) {

    private static final int BUFFER = 1_024;

    static HttpCoreReading ofRequest(byte[] bytes, int length) throws IOException, HttpException {
        List<String> start = new ArrayList<>();
        HttpRequestFactory<ClassicHttpRequest> factory = new HttpRequestFactory<>() {
            @Override
            public ClassicHttpRequest newHttpRequest(String method, String target) {
                start.addAll(List.of(method, target));
                return new BasicClassicHttpRequest(method, "/");
            }

            @Override
            public ClassicHttpRequest newHttpRequest(String method, URI target) {
                return newHttpRequest(method, target.toString());
            }
        };
        DefaultHttpRequestParser parser = new DefaultHttpRequestParser(null, BasicLineParser.INSTANCE, factory);
        return of(start, there(parser.parse(new SessionInputBufferImpl(BUFFER), in(bytes, length))));
    }

    static HttpCoreReading ofResponse(byte[] bytes, int length) throws IOException, HttpException {
        ClassicHttpResponse response =
                there(new DefaultHttpResponseParser().parse(new SessionInputBufferImpl(BUFFER), in(bytes, length)));
        return of(List.of(String.valueOf(response.getCode())), response);
    }

    private static ByteArrayInputStream in(byte[] bytes, int length) {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    private static <M> M there(@Nullable M message) throws HttpException {
        if (message == null) {
            throw new HttpException("no message");
        }
        return message;
    }

    private static HttpCoreReading of(List<String> start, HttpMessage message) throws HttpException {
        List<String> fields =
                Stream.of(message.getHeaders()).map(HttpCoreReading::line).toList();
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(message);
        String framing = length == ContentLengthStrategy.UNDEFINED ? "" : String.valueOf(length);
        return new HttpCoreReading(start, fields, length == ContentLengthStrategy.CHUNKED ? "chunked" : framing);
    }

    private static String line(Header field) {
        return field.getName() + ":" + (field.getValue() == null ? "" : field.getValue());
    }

    static HttpCoreReading ofOurs(Head head) {
        FieldLines lines = head.fields();
        List<String> fields = IntStream.range(0, lines.count())
                .mapToObj(field -> text(head, lines.nameStart(field), lines.nameEnd(field)) + ":"
                        + text(head, lines.valueStart(field), lines.valueEnd(field)))
                .toList();
        String length = head.contentLength() == Head.NO_LENGTH ? "" : String.valueOf(head.contentLength());
        return new HttpCoreReading(start(head), fields, head.chunked() ? "chunked" : length);
    }

    private static List<String> start(Head head) {
        if (head instanceof ResponseHead response) {
            return List.of(String.valueOf(response.status()));
        }
        RequestHead request = (RequestHead) head;
        String method = text(head, request.methodStart(), request.methodEnd());
        // An absolute target is taken apart; HttpCore is asked for the whole.
        return List.of(method, text(head, request.methodEnd() + 1, request.targetEnd()));
    }

    private static String text(Head head, int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
