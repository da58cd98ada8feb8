package io.symphony.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said to GraalVM's {@code native-image}, as far as it can be judged without one. */
class NativeImageTest {

    private static final String FILE = "/META-INF/native-image/io.symphony/symphony-proxy/resource-config.json";
    private static final Pattern PATTERN = Pattern.compile("\"pattern\": \"(.*)\"");

    @Test
    void itKeepsEveryFileOfTheDashboard() throws IOException {
        Pattern kept = Pattern.compile(pattern());

        assertThat(new Assets().paths())
                .hasSizeGreaterThan(2)
                .map(path -> path.endsWith(".js") || path.endsWith(".css") || path.endsWith(".svg")
                        ? path
                        : "/dashboard.html")
                .allMatch(path -> kept.matcher("io/symphony/proxy/admin" + path).matches());
    }

    private static String pattern() throws IOException {
        try (InputStream file = Assets.class.getResourceAsStream(FILE)) {
            byte[] text = Objects.requireNonNull(file).readAllBytes();
            Matcher found = PATTERN.matcher(new String(text, StandardCharsets.UTF_8));
            assertThat(found.find()).isTrue();
            return found.group(1).replace("\\\\", "\\");
        }
    }
}
