package motette.privacy;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.shared.Languages;
import motette.shared.Texts;

/** Puts what was found into words of the reader's language. */
@Singleton
class DataPages {

    private final Texts texts;
    private final DataWords words;
    private final Clock clock;

    DataPages(Texts texts, DataWords words, Clock clock) {
        this.texts = texts;
        this.words = words;
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
        var table = holding.table();
        return holding.columns().stream()
                .map(column -> new DataPage.Fact(
                        words.label(table, column, locale),
                        words.value(table, column, row.get(column), locale),
                        column.equals("idea_number") || table.equals("ideas") && column.equals("number")
                                ? "/ideas/" + row.get(column)
                                : ""))
                .filter(fact -> !fact.value().isBlank())
                .toList();
    }
}
