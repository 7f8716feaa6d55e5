package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Tests have more libraries than the packaged application; what only they have must not be what the application needs. */
class PdfInServiceTest {

    @Test
    void letters_papers_and_protocols_are_set_with_what_goes_into_service() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var service = new URLClassLoader(libraries(), ClassLoader.getPlatformClassLoader())) {
            var type = service.loadClass("com.openhtmltopdf.pdfboxout.PdfRendererBuilder");
            var builder = type.getConstructor().newInstance();
            type.getMethod("withHtmlContent", String.class, String.class)
                    .invoke(builder, "<html><body><p>Ein Brief</p></body></html>", null);
            type.getMethod("toStream", OutputStream.class).invoke(builder, out);
            type.getMethod("run").invoke(builder);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
    }

    private static URL[] libraries() throws Exception {
        var paths =
                Files.readString(Path.of("target/runtime-classpath")).strip().split(File.pathSeparator);
        var urls = new ArrayList<URL>();
        for (var path : paths) {
            urls.add(Path.of(path).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
