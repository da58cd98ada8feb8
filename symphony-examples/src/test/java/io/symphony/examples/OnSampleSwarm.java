package io.symphony.examples;

import io.symphony.docker.Images;
import io.symphony.docker.TwoNodes;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;

/** Tests on a swarm of two nodes that have the image of the sample service. */
final class OnSampleSwarm extends TwoNodes {

    static final String IMAGE = "symphony-sample:swarm";

    @Override
    protected String makeImage(Images images) throws RuntimeFailure, InterruptedException, IOException {
        SampleImage.make(images, IMAGE);
        return IMAGE;
    }
}
