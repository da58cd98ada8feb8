package io.symphony.proxy;

import java.nio.file.Path;
import java.util.List;

/** Where a private key and its certificates are kept. */
interface KeySource {

    List<Path> files();

    /**
     * What these contents of the files say.
     *
     * @throws ListenerException when they cannot be used; the message says why and never shows a key or a password
     */
    Identity read(List<byte[]> contents);
}
