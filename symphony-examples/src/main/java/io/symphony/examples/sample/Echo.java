package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says back what arrived: method, path, headers, and the length and SHA-256 of the body. */
final class Echo implements Page.Whole {
    @Override
    public Reply answer(HttpExchange exchange) throws IOException {
        MessageDigest digest = sha256();
        long length = digest(exchange.getRequestBody(), digest);
        StringBuilder json = new StringBuilder("{\"method\":")
                .append(Json.quoted(exchange.getRequestMethod()))
                .append(",\"path\":")
                .append(Json.quoted(exchange.getRequestURI().toString()))
                .append(",\"headers\":{");
        appendHeaders(json, exchange.getRequestHeaders());
        json.append("},\"length\":").append(length).append(",\"sha256\":\"").append(hex(digest.digest()));
        return Reply.json(200, json.append("\"}\n").toString());
    }

    private static long digest(InputStream body, MessageDigest digest) throws IOException {
        byte[] part = new byte[8192];
        long length = 0;
        for (int read = body.read(part); read >= 0; read = body.read(part)) {
            digest.update(part, 0, read);
            length += read;
        }
        return length;
    }

    private static void appendHeaders(StringBuilder json, Map<String, List<String>> headers) {
        String separator = "";
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            json.append(separator)
                    .append(Json.quoted(header.getKey().toLowerCase(Locale.ROOT)))
                    .append(":[");
            appendValues(json, header.getValue());
            json.append(']');
            separator = ",";
        }
    }

    private static void appendValues(StringBuilder json, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ",").append(Json.quoted(values.get(i)));
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder(2 * bytes.length);
        for (byte b : bytes) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
