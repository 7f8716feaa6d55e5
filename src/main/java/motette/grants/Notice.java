package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import motette.grants.ChangeRepository.ChangedTerms;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * The notice (Zuwendungsbescheid) word for word, in German: what is frozen and what the PDF prints.
 *
 * @param sender  the authority that issues it
 * @param address lines of whoever gets it
 * @param closing why it needs no signature
 */
@Introspected
@Serdeable
record Notice(
        String sender,
        String title,
        String number,
        List<String> address,
        String day,
        List<Part> parts,
        String closing) {

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
                pieces.getOrDefault("sender", ""),
                texts.get(german, "grants.notice.title", file.title()),
                number(file, texts),
                address(fields),
                texts.day(german, today),
                Stream.of("grant", "conditions", "payout", proof, "remedy")
                        .map(piece -> new Part(
                                texts.get(german, "grants.notice.part." + piece.replaceFirst("-.*", "")),
                                fill(pieces.getOrDefault(piece, ""), args)))
                        .toList(),
                pieces.getOrDefault("closing", ""));
    }

    /**
     * The notice that changes another one.
     *
     * @param asked      day of the request; today without one
     * @param claimCents what is to be paid back because of it
     * @param dueBack    until when
     */
    static Notice ofChange(
            GrantFile file,
            ChangedTerms terms,
            Map<String, String> pieces,
            Map<String, String> fields,
            LocalDate issued,
            LocalDate asked,
            long claimCents,
            LocalDate dueBack,
            LocalDate today,
            Texts texts) {
        var german = Languages.standard();
        var args = new Object[] {
            texts.day(german, asked),
            texts.day(german, issued),
            file.title(),
            texts.day(german, file.decidedOn()),
            file.bodyName(),
            new Money(terms.cents()).text(german),
            new Money(file.current()).text(german),
            texts.day(german, terms.to()),
            texts.day(german, terms.due()),
            new Money(claimCents).text(german),
            texts.day(german, dueBack),
            terms.purpose()
        };
        var parts = new ArrayList<Part>();
        var whole = terms.cents() == 0;
        BiConsumer<String, String> add = (heading, piece) -> parts.add(new Part(
                texts.get(german, "grants.notice.part." + heading), fill(pieces.getOrDefault(piece, ""), args)));
        add.accept(
                terms.cause(), whole && terms.cause().equals("office") ? "revocation-whole" : opening(terms.cause()));
        if (!whole && !terms.purpose().equals(file.purpose())) {
            add.accept("purpose", "new-purpose");
        }
        if (!whole && !terms.to().equals(file.projectTo())) {
            add.accept("period", "new-period");
        }
        if (!whole && terms.cents() != file.current()) {
            add.accept("amount", "new-amount");
        }
        if (claimCents > 0) {
            add.accept("claim", "claim");
        }
        if (!terms.reason().isEmpty()) {
            parts.add(new Part(texts.get(german, "grants.notice.part.reason"), terms.reason()));
        }
        if (!whole) {
            add.accept("unchanged", "unchanged");
        }
        add.accept("remedy", "remedy");
        return new Notice(
                pieces.getOrDefault("sender", ""),
                texts.get(german, "grants.change.title." + terms.cause(), file.title()),
                number(file, texts),
                address(fields),
                texts.day(german, today),
                List.copyOf(parts),
                pieces.getOrDefault("closing", ""));
    }

    private static String opening(String cause) {
        return switch (cause) {
            case "request" -> "change";
            case "office" -> "revocation";
            default -> "annulment";
        };
    }

    private static String number(GrantFile file, Texts texts) {
        return texts.get(
                Languages.standard(), "grants.notice.number", String.valueOf(file.year()), String.valueOf(file.id()));
    }

    private static List<String> address(Map<String, String> fields) {
        return Stream.of(
                        fields.getOrDefault("name", ""),
                        fields.getOrDefault("contact", ""),
                        fields.getOrDefault("street", ""),
                        (fields.getOrDefault("postcode", "") + " " + fields.getOrDefault("town", "")).strip())
                .filter(line -> !line.isBlank())
                .toList();
    }

    static LocalDate due(LocalDate to, GrantRule rule) {
        return to.plusDays(rule.proofDays());
    }

    private static String fill(String words, Object... args) {
        return new MessageFormat(words.replace("'", "''"), Locale.GERMAN).format(args);
    }
}
