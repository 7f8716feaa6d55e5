package motette;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;

/** The version in the address of style sheets and scripts: it changes when any of them does, so they can be cached for ever. */
final class Assets {

    private Assets() {}

    static String version() {
        try {
            var root = Assets.class.getResource("/assets/main.css");
            if (root == null) {
                return "0";
            }
            var uri = root.toURI();
            if ("jar".equals(uri.getScheme())) {
                try (FileSystem jar = FileSystems.newFileSystem(jarOf(uri), Map.of())) {
                    return checksum(jar.getPath("assets"));
                }
            } else {
                return checksum(Path.of(uri).resolveSibling(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI jarOf(URI resource) {
        return URI.create(resource.toString().replaceFirst("!.*", "!/"));
    }

    private static String checksum(Path folder) throws IOException {
        var sum = new CRC32();
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                sum.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    sum.update(in.readAllBytes());
                }
            }
        }
        return "%08x".formatted(sum.getValue());
    }
}
