package motette.shared;

import com.ibm.icu.text.MessageFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All texts for people, read once from {@code web/messages/messages_<language>.properties}. Texts with braces follow
 * ICU's message format (plurals, selects); amounts and days are written as the language writes them.
 */
@Singleton
public final class Texts {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final Map<String, Map<String, String>> byLanguage = new HashMap<>();
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();
    private final Map<Locale, DateTimeFormatter> days = new ConcurrentHashMap<>();

    Texts() {
        Languages.ALL.forEach(locale -> byLanguage.put(locale.getLanguage(), read(locale.getLanguage())));
    }

    public boolean has(String key) {
        return texts(Languages.standard()).containsKey(key);
    }

    public String get(Locale locale, String key, Object... args) {
        return find(locale, key, args)
                .orElseThrow(() -> new IllegalArgumentException("No text '" + key + "' in " + locale.getLanguage()));
    }

    public String get(Locale locale, Message message) {
        return get(locale, message.key(), message.args().toArray());
    }

    public Optional<String> find(Locale locale, String key, Object... args) {
        return Optional.ofNullable(texts(locale).get(key)).map(text -> fill(locale, key, text, args));
    }

    /** The day as people write it: "3. März 2026". */
    public String day(Locale locale, LocalDate day) {
        return day.format(days.computeIfAbsent(
                dated(locale),
                language -> DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language)));
    }

    public String day(Locale locale, Instant instant) {
        return day(locale, instant.atZone(Time.ZONE).toLocalDate());
    }

    /** Day and time: "3. März 2026, 17:30". */
    public String moment(Locale locale, Instant instant) {
        return day(locale, instant) + ", " + HOUR.format(instant.atZone(Time.ZONE));
    }

    private String fill(Locale locale, String key, String text, Object... args) {
        if (args.length == 0 && text.indexOf('{') < 0) {
            return text;
        } else {
            var format = formats.computeIfAbsent(
                    locale.getLanguage() + ' ' + key, absent -> new MessageFormat(text, locale));
            var filled = new Object[args.length];
            for (int i = 0; i < args.length; i++) {
                filled[i] = switch (args[i]) {
                    case Money money -> money.text(locale);
                    case LocalDate day -> day(locale, day);
                    case Instant instant -> day(locale, instant);
                    case Message message -> get(locale, message);
                    default -> args[i];
                };
            }
            synchronized (format) {
                return format.format(filled);
            }
        }
    }

    private Map<String, String> texts(Locale locale) {
        return byLanguage.getOrDefault(
                locale.getLanguage(),
                byLanguage.getOrDefault(Languages.standard().getLanguage(), Map.of()));
    }

    private static Locale dated(Locale locale) {
        return locale.getLanguage().equals("en") ? Locale.UK : locale;
    }

    private static Map<String, String> read(String language) {
        var name = "/messages/messages_" + language + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("No texts at " + name);
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var texts = new HashMap<String, String>();
            properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
