package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import motette.shared.Described;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/** What a page says of itself to those who show only its address: search engines, and messengers where somebody shares it. */
@Singleton
class Previews {

    private final SharePictures pictures;
    private final Texts texts;
    private final String home;

    Previews(SharePictures pictures, Texts texts, @Value("${motette.base-url}") String home) {
        this.pictures = pictures;
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    /**
     * @param description one or two sentences
     * @param address     of the page, without any question
     * @param picture     its whole address; empty where there is none
     */
    @Introspected
    record Preview(String description, String address, String picture, int width, int height) {}

    Preview of(@Nullable Object page, HttpRequest<?> request, Locale locale) {
        var described = page instanceof Described told ? Optional.of(told) : Optional.<Described>empty();
        var subject = described.flatMap(Described::pictured).orElseGet(pictures::ofCity);
        var path = pictures.path(subject, locale);
        return new Preview(
                described
                        .map(Described::summary)
                        .filter(summary -> !summary.isBlank())
                        .map(Described::beginning)
                        .orElseGet(() -> texts.get(locale, "home.lead")),
                home + request.getPath(),
                path.isEmpty() ? "" : home + path,
                SharePainter.WIDTH,
                SharePainter.HEIGHT);
    }
}
