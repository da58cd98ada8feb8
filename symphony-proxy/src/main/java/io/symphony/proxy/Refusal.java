package io.symphony.proxy;

/** Why a message is refused, with the status that a client gets. A refused response is a 502 whatever it says here. */
enum Refusal {
    BAD_METHOD(400, "the method is not a token"),
    LONG_METHOD(501, "the method is longer than any that is known"),
    BAD_TARGET(400, "the request target is malformed"),
    LONG_TARGET(414, "the request target is longer than the limit"),
    BAD_LINE(400, "the first line is malformed"),
    BAD_VERSION(505, "only HTTP/1.1 and HTTP/1.0 are spoken here"),
    BAD_STATUS(400, "the status is not three digits"),
    BARE_LF(400, "a line ends in LF without CR"),
    BARE_CR(400, "a CR without LF"),
    BAD_NAME(400, "a field name is not a token"),
    BLANK_BEFORE_COLON(400, "a blank before the colon of a field"),
    FOLDED(400, "a folded field line"),
    BAD_VALUE(400, "a field value has a control character"),
    LARGE_HEAD(431, "the head is larger than the limit"),
    MANY_FIELDS(431, "the head has more fields than the limit"),
    NO_HOST(400, "there is no Host"),
    MANY_HOSTS(400, "there is more than one Host"),
    BAD_HOST(400, "the Host is malformed"),
    BAD_LENGTH(400, "the Content-Length is malformed"),
    MANY_LENGTHS(400, "there is more than one Content-Length"),
    LENGTH_AND_CODING(400, "Content-Length and Transfer-Encoding together"),
    BAD_CODING(400, "the Transfer-Encoding is malformed"),
    UNKNOWN_CODING(501, "the only transfer coding here is chunked"),
    MANY_CODINGS(400, "there is more than one Transfer-Encoding"),
    OLD_CODING(400, "Transfer-Encoding in an HTTP/1.0 message"),
    BAD_CONNECTION(400, "the Connection field is malformed"),
    BAD_EXPECTATION(417, "the only expectation here is 100-continue"),
    CONNECT(501, "CONNECT is not served here"),
    BAD_HOPS(400, "the Max-Forwards is malformed"),
    LARGE_BODY(413, "the body is larger than the limit"),
    BAD_CHUNK(400, "the chunked body is malformed"),
    BAD_TRAILER(400, "a trailer field is malformed or may not be one"),
    LARGE_TRAILER(431, "the trailers are larger than the limit"),
    PLAIN_TEXT(400, "this is plain HTTP, and the port speaks HTTPS"),
    LATE_HEAD(408, "the head did not arrive in time"),
    LATE_BODY(408, "the body did not arrive in time");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
