package io.symphony.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An image of one layer in the form that {@code docker load} takes. */
record ImageArchive(String reference, int port, List<String> command, Map<String, String> env) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nobody: a program in an image of ours needs no privileges. */
    private static final String USER = "65534:65534";

    void write(Path archive, Path layer) throws IOException {
        byte[] config = JSON.writeValueAsBytes(config(sha256(layer)));
        byte[] manifest = JSON.writeValueAsBytes(List.of(
                Map.of("Config", "config.json", "RepoTags", List.of(reference), "Layers", List.of("layer.tar"))));
        try (OutputStream out = Files.newOutputStream(archive);
                Tar tar = new Tar(out)) {
            tar.file("config.json", config);
            tar.file("layer.tar", layer);
            tar.file("manifest.json", manifest);
        }
    }

    private Map<String, Object> config(String layer) {
        Map<String, Object> program = Map.of(
                "Cmd",
                command,
                "Env",
                env.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList(),
                "ExposedPorts",
                Map.of(port + "/tcp", Map.of()),
                "User",
                USER,
                "WorkingDir",
                "/");
        return Map.of(
                "architecture",
                architecture(),
                "os",
                "linux",
                "config",
                program,
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of("sha256:" + layer)));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
