package io.symphony.docker;

import io.symphony.contract.ContainerRuntimeContract;
import io.symphony.fleet.ServiceSpec;

/** The contract of a runtime whose replicas are made from the test's image. */
abstract class ImageContract extends ContainerRuntimeContract {

    @Override
    protected ServiceSpec wellBehaved(String service) {
        return ServiceSpec.image(service, OnDocker.IMAGE);
    }

    @Override
    protected ServiceSpec exitsAtOnce(String service) {
        return wellBehaved(service)
                .withEnv(Answering.BEHAVIOUR, "exits")
                .withEnv("COMPLAINT", COMPLAINT)
                .withEnv("EXIT_CODE", Integer.toString(EXIT_CODE));
    }

    @Override
    protected ServiceSpec ignoresTerm(String service) {
        return wellBehaved(service).withEnv(Answering.BEHAVIOUR, "deaf").withEnv("DEAF", DEAF);
    }

    @Override
    protected ServiceSpec cannotStart(String service) {
        return ServiceSpec.image(service, "symphony-no-such-image:1");
    }
}
