/** The orchestrator to embed. Everything but the engine is for users. */
module io.symphony.core {
    requires static micrometer.core;
    requires static org.jspecify;
    requires org.slf4j;

    exports io.symphony;
    exports io.symphony.fleet;
    exports io.symphony.health;
    exports io.symphony.micrometer;
    exports io.symphony.process;
    exports io.symphony.rehearsal;
    exports io.symphony.rollout;
    exports io.symphony.routing;
    exports io.symphony.scaling;
    exports io.symphony.spi;
}
