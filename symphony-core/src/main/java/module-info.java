/** The orchestrator to embed. Everything but the engine is for users. */
module io.symphony.core {
    requires static org.jspecify;
    requires org.slf4j;
}
