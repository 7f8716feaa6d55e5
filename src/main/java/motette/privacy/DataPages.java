package motette.privacy;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/** Puts what was found into words of the reader's language. */
@Singleton
class DataPages {

    /** Texts that the portal has anyway, for the values of these columns. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "state", List.of("state."),
            "kind", List.of("event.", "kind."),
            "reason_key", List.of("reason."),
            "name", List.of("me.role."),
            "method", List.of("privacy.method."),
            "end_reason", List.of("privacy.end-reason."),
            "office", List.of("me.role."),
            "what", List.of("privacy.read."));

    private final Texts texts;
    private final Clock clock;

    DataPages(Texts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    /** @param most rows of one kind on the page; the download has all */
    DataPage page(String pseudonym, Map<Kind, List<PersonalData.Found>> data, int most, Locale locale) {
        return new DataPage(
                Languages.tag(locale),
                pseudonym,
                texts.moment(locale, clock.instant()),
                data.entrySet().stream()
                        .map(kind -> section(kind.getKey(), kind.getValue(), most, locale))
                        .toList());
    }

    private DataPage.Section section(Kind kind, List<PersonalData.Found> found, int most, Locale locale) {
        var rows = new ArrayList<DataPage.Entry>();
        for (var table : found) {
            for (var row : table.rows()) {
                var facts = facts(table.holding(), row, locale);
                if (!facts.isEmpty()) {
                    rows.add(new DataPage.Entry(facts));
                }
            }
        }
        var shown = rows.stream().limit(most).toList();
        return new DataPage.Section(kind, rows.size(), shown, rows.size() - shown.size());
    }

    private List<DataPage.Fact> facts(Holding holding, Map<String, Object> row, Locale locale) {
        return holding.columns().stream()
                .filter(column -> !value(column, row.get(column), locale).isBlank())
                .map(column -> new DataPage.Fact(
                        label(holding.table(), column, locale),
                        value(column, row.get(column), locale),
                        column.equals("idea_number") || holding.table().equals("ideas") && column.equals("number")
                                ? "/ideas/" + row.get(column)
                                : ""))
                .toList();
    }

    private String label(String table, String column, Locale locale) {
        var word = column.replace('_', '-');
        return texts.find(locale, "privacy.column." + table.replace('_', '-') + "." + word)
                .or(() -> texts.find(locale, "privacy.column." + word))
                .orElse(column);
    }

    private String value(String column, @Nullable Object value, Locale locale) {
        return switch (value) {
            case null -> "";
            case Boolean yes -> texts.get(locale, yes ? "privacy.yes" : "privacy.no");
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(one -> one.getValue() != null)
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining("\n"));
            case Number cents when column.endsWith("_cents") -> new Money(cents.longValue()).text(locale);
            default -> words(column, String.valueOf(value), locale);
        };
    }

    private String words(String column, String value, Locale locale) {
        for (var prefix : WORDS.getOrDefault(column, List.of())) {
            var said = value.isEmpty() ? Optional.<String>empty() : texts.find(locale, prefix + value);
            if (said.isPresent()) {
                return said.get();
            }
        }
        return moment(value, locale);
    }

    /** A time as PostgreSQL writes it into JSON becomes one that people read; anything else stays. */
    private String moment(String value, Locale locale) {
        try {
            if (value.matches("\\d{4}-\\d\\d-\\d\\dT.+")) {
                Instant at = OffsetDateTime.parse(value).toInstant();
                return texts.moment(locale, at);
            } else if (value.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return texts.day(locale, LocalDate.parse(value));
            } else {
                return value;
            }
        } catch (DateTimeException notATime) {
            return value;
        }
    }
}
