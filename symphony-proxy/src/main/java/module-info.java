/** The listener, the forwarder for other servers, and the HTTP health probe. */
module io.symphony.proxy {
    requires static com.github.benmanes.caffeine;
    requires static jakarta.servlet;
    requires static jdk.httpserver;
    requires static org.jspecify;
    requires transitive io.symphony.core;
    requires transitive java.net.http;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.slf4j;
    requires jdk.net; // HttpCore needs it, and says so nowhere

    exports io.symphony.proxy;
    exports io.symphony.proxy.admin;
    exports io.symphony.proxy.embed;
    exports io.symphony.proxy.nginx;
}
