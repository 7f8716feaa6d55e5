package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * The notice (Zuwendungsbescheid) word for word, in German: what is frozen and what the PDF prints.
 *
 * @param address lines of whoever gets it
 */
@Introspected
@Serdeable
record Notice(String title, String number, List<String> address, String day, List<Part> parts) {

    @Introspected
    @Serdeable
    record Part(String heading, String words) {}

    static Notice of(
            GrantFile file,
            GrantRule rule,
            Map<String, String> pieces,
            Map<String, String> fields,
            LocalDate from,
            LocalDate to,
            LocalDate today,
            Texts texts) {
        var german = Languages.standard();
        var args = new Object[] {
            new Money(file.amountCents()).text(german),
            file.title(),
            file.fundName(),
            texts.day(german, from),
            texts.day(german, to),
            texts.day(german, due(to, rule)),
            new Money(rule.payable(file.amountCents(), false)).text(german),
            file.bodyName(),
            texts.day(german, file.decidedOn())
        };
        var proof = file.amountCents() <= rule.simple().cents() ? "proof-simple" : "proof-full";
        return new Notice(
                texts.get(german, "grants.notice.title", file.title()),
                texts.get(german, "grants.notice.number", String.valueOf(file.year()), String.valueOf(file.id())),
                Stream.of(
                                fields.getOrDefault("name", ""),
                                fields.getOrDefault("contact", ""),
                                fields.getOrDefault("street", ""),
                                (fields.getOrDefault("postcode", "") + " " + fields.getOrDefault("town", "")).strip())
                        .filter(line -> !line.isBlank())
                        .toList(),
                texts.day(german, today),
                Stream.of("grant", "conditions", "payout", proof, "remedy")
                        .map(piece -> new Part(
                                texts.get(german, "grants.notice.part." + piece.replaceFirst("-.*", "")),
                                fill(pieces.getOrDefault(piece, ""), args)))
                        .toList());
    }

    static LocalDate due(LocalDate to, GrantRule rule) {
        return to.plusDays(rule.proofDays());
    }

    private static String fill(String words, Object... args) {
        return new MessageFormat(words.replace("'", "''"), Locale.GERMAN).format(args);
    }
}
