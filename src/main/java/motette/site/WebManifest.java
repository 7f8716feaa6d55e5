package motette.site;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** What a browser puts on the home screen (W3C Web Application Manifest), in the language of the reader. */
@Serdeable
record WebManifest(
        String id,
        String name,
        @JsonProperty("short_name") String shortName,
        String description,
        String lang,
        String dir,
        @JsonProperty("start_url") String startUrl,
        String scope,
        String display,
        @JsonProperty("background_color") String background,
        @JsonProperty("theme_color") String theme,
        List<String> categories,
        List<Icon> icons,
        List<Shortcut> shortcuts) {

    /** @param purpose any, or maskable: drawn so that a circle may be cut from it */
    @Serdeable
    record Icon(String src, String sizes, String type, String purpose) {}

    @Serdeable
    record Shortcut(String name, String url) {}
}
