package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All style sheets as one, in the order and layers in which {@code main.css} imports them: a browser that meets an import asks
 * for it only after it has read the file around it, and draws nothing before it has all of them.
 */
@Singleton
final class StyleSheet {

    private static final String FOLDER = "/assets/";
    private static final Pattern IMPORT = Pattern.compile("@import \"([a-z0-9/-]+\\.css)\" layer\\(([a-z]+)\\);");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern AIR = Pattern.compile("\\s*\\n\\s*");

    private final byte[] bytes;

    StyleSheet() {
        this.bytes = joined(read("main.css")).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Line breaks may stand within a value, so one is kept where lines were. */
    static String joined(String main) {
        var whole = IMPORT.matcher(main)
                .replaceAll(found ->
                        Matcher.quoteReplacement("@layer " + found.group(2) + " {\n" + read(found.group(1)) + "\n}"));
        return AIR.matcher(COMMENT.matcher(whole).replaceAll(""))
                        .replaceAll("\n")
                        .strip() + "\n";
    }

    private static String read(String name) {
        try (var file = StyleSheet.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("main.css imports '" + name + "', which is not there.");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Under the address of the assets, so that it is new when any of them is. */
    @Controller("/assets/${motette.assets.version}")
    @Secured(SecurityRule.IS_ANONYMOUS)
    static class Door {

        private final StyleSheet sheet;
        private final String tag;

        Door(StyleSheet sheet, @Value("${motette.assets.version}") String version) {
            this.sheet = sheet;
            this.tag = "\"" + version + "\"";
        }

        @Get(value = "/all.css", produces = "text/css;charset=utf-8")
        HttpResponse<byte[]> all() {
            return HttpResponse.ok(sheet.bytes())
                    .contentType(new MediaType("text/css;charset=utf-8"))
                    .header(HttpHeaders.CACHE_CONTROL, BrowserRules.FOR_EVER)
                    .header(HttpHeaders.ETAG, tag);
        }
    }
}
