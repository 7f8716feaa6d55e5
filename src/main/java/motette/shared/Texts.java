package motette.shared;

import com.ibm.icu.text.ListFormatter;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All texts for people, read once from {@code web/messages/messages_<language>.properties}. Texts with braces follow
 * ICU's message format (plurals, selects); amounts, days and lists are written as the language writes them. Knows no database and no
 * HTTP, so that the command line may speak as well.
 */
@Singleton
public final class Texts {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final Map<String, In> byLanguage = new HashMap<>();
    private final Map<Locale, DateTimeFormatter> days = new ConcurrentHashMap<>();

    public Texts() {
        Languages.ALL.forEach(
                locale -> byLanguage.put(locale.getLanguage(), new In(locale, read(locale.getLanguage()))));
    }

    public boolean has(String key) {
        return in(Languages.standard()).texts.containsKey(key);
    }

    /** All texts in the language of a reader, in the standard language where we do not speak theirs. */
    public In in(Locale locale) {
        var known = byLanguage.get(locale.getLanguage());
        return known == null
                ? Objects.requireNonNull(byLanguage.get(Languages.standard().getLanguage()))
                : known;
    }

    public String get(Locale locale, String key, Object... args) {
        return in(locale).get(key, args);
    }

    public String get(Locale locale, Message message) {
        return get(locale, message.key(), message.args().toArray());
    }

    public Optional<String> find(Locale locale, String key, Object... args) {
        return in(locale).find(key, args);
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

    /** The texts of one language. */
    public final class In {

        private final Locale locale;
        private final Map<String, String> texts;
        private final Map<String, Format> formats = new ConcurrentHashMap<>();

        private In(Locale locale, Map<String, String> texts) {
            this.locale = locale;
            this.texts = texts;
        }

        /** @throws IllegalArgumentException when there is no such text, which is our fault and no reader's */
        public String get(String key, Object... args) {
            var text = texts.get(key);
            if (text == null) {
                throw new IllegalArgumentException("No text '" + key + "' in " + locale.getLanguage());
            }
            return fill(key, text, args);
        }

        Optional<String> find(String key, Object... args) {
            return Optional.ofNullable(texts.get(key)).map(text -> fill(key, text, args));
        }

        private String fill(String key, String text, Object... args) {
            if (args.length == 0 && text.indexOf('{') < 0) {
                return text;
            } else {
                return formats.computeIfAbsent(key, absent -> new Format(new MessageFormat(text, locale)))
                        .fill(filled(args));
            }
        }

        private Object[] filled(Object... args) {
            var filled = new Object[args.length];
            for (int i = 0; i < args.length; i++) {
                filled[i] = shown(locale, args[i]);
            }
            return filled;
        }
    }

    /** A text with places to fill. Working out a plural takes longer than a whole card, so those of small numbers are kept. */
    private static final class Format {

        private static final int SMALL = 200;

        private final MessageFormat format;
        private final AtomicReferenceArray<@Nullable String> ofSmallNumber = new AtomicReferenceArray<>(SMALL);

        Format(MessageFormat format) {
            this.format = format;
        }

        String fill(Object... args) {
            return args.length == 1 && args[0] instanceof Long number && number >= 0 && number < SMALL
                    ? ofSmallNumber(number.intValue())
                    : format(args);
        }

        private String ofSmallNumber(int number) {
            var known = ofSmallNumber.get(number);
            if (known == null) {
                known = format((long) number);
                ofSmallNumber.set(number, known);
            }
            return known;
        }

        private synchronized String format(Object... args) {
            return format.format(args);
        }
    }

    private Object shown(Locale locale, Object arg) {
        return switch (arg) {
            case Localized value -> value.text(locale);
            case LocalDate day -> day(locale, day);
            case Instant instant -> day(locale, instant);
            case Message message -> get(locale, message);
            case List<?> parts ->
                ListFormatter.getInstance(locale)
                        .format(parts.stream().map(part -> shown(locale, part)).toList());
            default -> arg;
        };
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
