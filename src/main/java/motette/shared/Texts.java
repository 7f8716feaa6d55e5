package motette.shared;

import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All texts for people, read once from {@code web/messages/messages_<language>.properties}. Texts with braces follow
 * ICU's message format (plurals, selects); amounts, days and lists are written as the language writes them. Knows no database and no
 * HTTP, so that the command line may speak as well.
 */
@Singleton
public final class Texts {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final Map<Locale, In> byLanguage = new HashMap<>();
    private final Map<Locale, DateTimeFormatter> days = new ConcurrentHashMap<>();
    private final Map<Locale, DateTimeFormatter> weekdays = new ConcurrentHashMap<>();
    private final Map<Locale, DateTimeFormatter> months = new ConcurrentHashMap<>();

    public Texts() {
        this((language, text) -> text);
    }

    /** @param change what becomes of each text, by the tag of its language; tests stretch them */
    Texts(BinaryOperator<String> change) {
        Languages.ALL.forEach(locale -> byLanguage.put(locale, new In(locale, changed(locale, change))));
    }

    public boolean has(String key) {
        return in(Languages.standard()).texts.containsKey(key);
    }

    /** All texts in the language of a reader, in the standard language where we do not speak theirs. */
    public In in(Locale locale) {
        var known = byLanguage.get(locale);
        return known == null
                ? Languages.find(Languages.tag(locale))
                        .or(() -> Languages.find(locale.getLanguage()))
                        .map(byLanguage::get)
                        .orElseGet(() -> Objects.requireNonNull(byLanguage.get(Languages.standard())))
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
                language -> DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(language)));
    }

    public String day(Locale locale, Instant instant) {
        return day(locale, instant.atZone(Time.ZONE).toLocalDate());
    }

    /** Day and time: "3. März 2026, 17:30". */
    public String moment(Locale locale, Instant instant) {
        return day(locale, instant) + comma(locale) + HOUR.format(instant.atZone(Time.ZONE));
    }

    /** Day of the week, day and time: "Mittwoch, 3. März 2027, 18:00". */
    public String appointment(Locale locale, Instant instant) {
        var at = instant.atZone(Time.ZONE);
        return at.format(weekdays.computeIfAbsent(
                        dated(locale),
                        language -> DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                                .localizedBy(language)))
                + comma(locale)
                + HOUR.format(at);
    }

    /** "März 2027". */
    public String month(Locale locale, YearMonth month) {
        return month.format(months.computeIfAbsent(
                dated(locale),
                language -> DateTimeFormatter.ofPattern("LLLL uuuu").localizedBy(language)));
    }

    /** What stands between two of several, as the script writes it. */
    static String comma(Locale locale) {
        return locale.getLanguage().equals("ar") ? "، " : ", ";
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
                throw new IllegalArgumentException("No text '" + key + "' in " + Languages.tag(locale));
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
                var format = formats.computeIfAbsent(key, absent -> Format.of(text, locale));
                return format.fill(filled(format, args));
            }
        }

        private Object[] filled(Format format, Object... args) {
            var filled = new Object[args.length];
            for (int i = 0; i < args.length; i++) {
                var shown = shown(locale, args[i]);
                filled[i] = format.isolates(i) && shown instanceof String words ? Format.isolated(words) : shown;
            }
            return filled;
        }
    }

    /** A text with places to fill. Working out a plural takes longer than a whole card, so those of small numbers are kept. */
    private static final class Format {

        private static final int SMALL = 200;

        /** Unicode's marks around a piece of text whose direction is its own (UAX #9: first strong isolate). */
        private static final char ISOLATE = '\u2068';

        private static final char END_OF_ISOLATE = '\u2069';

        private final MessageFormat format;
        private final Set<Integer> isolated;
        private final AtomicReferenceArray<@Nullable String> ofSmallNumber = new AtomicReferenceArray<>(SMALL);

        private Format(MessageFormat format, Set<Integer> isolated) {
            this.format = format;
            this.isolated = isolated;
        }

        /**
         * A name in Latin letters stands in an Arabic sentence as it is written, and what surrounds it keeps its place. Words
         * that a pattern chooses by ({@code select}) stay as they are.
         */
        static Format of(String text, Locale locale) {
            var format = new MessageFormat(text, locale);
            return new Format(format, Languages.direction(locale).equals("rtl") ? plain(text) : Set.of());
        }

        private static Set<Integer> plain(String text) {
            var pattern = new MessagePattern(text);
            var plain = new HashSet<Integer>();
            var chosen = new HashSet<Integer>();
            for (int i = 0; i < pattern.countParts(); i++) {
                var part = pattern.getPart(i);
                if (part.getType() == MessagePattern.Part.Type.ARG_START) {
                    (part.getArgType() == MessagePattern.ArgType.NONE ? plain : chosen)
                            .add(pattern.getPart(i + 1).getValue());
                }
            }
            plain.removeAll(chosen);
            return Set.copyOf(plain);
        }

        boolean isolates(int argument) {
            return isolated.contains(argument);
        }

        /** Addresses of pages stay bare: a mail program would take the marks for a part of the link. */
        static String isolated(String words) {
            return words.isEmpty() || words.startsWith("http") || words.indexOf('\n') >= 0
                    ? words
                    : ISOLATE + words + END_OF_ISOLATE;
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
            case LocalDateTime moment -> moment(locale, moment.atZone(Time.ZONE).toInstant());
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

    /** What a language lacks is said in German: much in Leichte Sprache, and in the others nothing that the build lets pass. */
    private static Map<String, String> changed(Locale locale, BinaryOperator<String> change) {
        var texts = new HashMap<>(read(Languages.tag(Languages.standard())));
        texts.putAll(read(Languages.tag(locale)));
        texts.replaceAll((key, text) -> change.apply(Languages.tag(locale), text));
        return Map.copyOf(texts);
    }

    private static Map<String, String> read(String tag) {
        var name = "/messages/messages_" + tag + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("No texts at " + name);
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var texts = new HashMap<String, String>();
            properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
