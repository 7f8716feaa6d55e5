package motette.ideas;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A translation service with the interface of LibreTranslate ({@code POST /translate} with {@code q}, {@code source}, {@code target},
 * {@code format}), at the one address that the operator names; off by default. Only words of ideas are sent, never who wrote them. No
 * redirects, a few seconds, a few kilobytes.
 */
@Singleton
final class LibreTranslate implements Translator {

    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Settings settings;
    private final JsonMapper json;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param url      of the service without {@code /translate}; empty for none
     * @param apiKey   sent along where the service wants one
     * @param patience how long an answer may take
     */
    @ConfigurationProperties("motette.translation")
    record Settings(
            @Nullable String url,
            @Nullable String apiKey,
            @Nullable Duration patience) {}

    LibreTranslate(Settings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    @Override
    public boolean isThere() {
        return settings.url() != null && !settings.url().isBlank();
    }

    /** Such services know languages, not ways of writing one: nobody but people writes Leichte Sprache. */
    @Override
    public boolean speaks(String from, String to) {
        return isThere() && to.indexOf('-') < 0 && !language(from).equals(to);
    }

    @Override
    public List<String> translate(String from, String to, List<String> texts) throws Silent {
        var asked = new LinkedHashMap<String, Object>();
        asked.put("q", texts);
        asked.put("source", language(from));
        asked.put("target", to);
        asked.put("format", "text");
        if (settings.apiKey() != null && !settings.apiKey().isBlank()) {
            asked.put("api_key", settings.apiKey());
        }
        try {
            var answered = json.readValue(
                            ask(json.writeValueAsBytes(asked)), Argument.mapOf(String.class, Object.class))
                    .get("translatedText");
            if (answered instanceof List<?> list
                    && list.size() == texts.size()
                    && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            } else {
                throw new Silent("The translation service answers without as many texts");
            }
        } catch (IOException e) {
            throw new Silent("The translation service fails: " + e.getClass().getSimpleName());
        }
    }

    /** The whole answer within the time, not only its beginning. */
    private byte[] ask(byte[] body) throws Silent {
        var patience = settings.patience() == null ? Duration.ofSeconds(15) : settings.patience();
        var request = HttpRequest.newBuilder(
                        URI.create(String.valueOf(settings.url()).replaceFirst("/+$", "") + "/translate"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            var answered = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answered.statusCode() != 200) {
                throw new Silent("The translation service answers " + answered.statusCode());
            }
            return answered.body();
        } catch (TimeoutException e) {
            throw silent(answer, "does not answer in time");
        } catch (ExecutionException e) {
            throw silent(answer, "cannot be reached: " + String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(answer, "was not waited for");
        }
    }

    private static Silent silent(CompletableFuture<?> answer, String why) {
        answer.cancel(true);
        return new Silent("The translation service " + why);
    }

    private static String language(String tag) {
        return tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
    }
}
