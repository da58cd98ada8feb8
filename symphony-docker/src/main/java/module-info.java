/** Replicas as containers on a Docker Engine. */
module io.symphony.docker {
    requires static org.jspecify;
    requires transitive io.symphony.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.dockerjava.api;
    requires com.github.dockerjava.core;
    requires com.github.dockerjava.transport;
    requires com.github.dockerjava.transport.httpclient5;
    requires org.slf4j;

    exports io.symphony.docker;
}
