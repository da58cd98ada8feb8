package io.symphony.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamFileTest {

    @TempDir
    Path folder;

    @Test
    void itIsReplacedAsAWholeAndNothingElseIsLeft() throws Exception {
        UpstreamFile file = new UpstreamFile(folder.resolve("acts.conf"));

        file.write("first, and longer");
        file.write("second");

        assertThat(file.text()).contains("second");
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("acts.conf"));
    }

    @Test
    void aLinkStaysOneAndItsTargetIsWritten() throws Exception {
        Path target = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("acts.conf"), target);

        new UpstreamFile(link).write("new");

        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void whatStoodThereIsPutBackAndSoIsThatThereWasNothing() {
        UpstreamFile file = new UpstreamFile(folder.resolve("acts.conf"));

        file.write("new");
        file.restore(Optional.of("old"));
        assertThat(file.text()).contains("old");

        file.restore(Optional.empty());
        assertThat(file.text()).isEmpty();
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        UpstreamFile file = new UpstreamFile(folder.resolve("none/acts.conf"));

        assertThatThrownBy(() -> file.write("new"))
                .isInstanceOf(NginxException.class)
                .hasMessageStartingWith("the upstream file " + folder + "/none/acts.conf cannot be written")
                .hasMessageEndingWith("Make its folder, and give this user the right to write there.");
    }
}
