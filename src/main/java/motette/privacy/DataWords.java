package motette.privacy;

import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.ideas.Catalogue;
import motette.people.RoleScope;
import motette.people.RoleScopes;
import motette.places.Community;
import motette.places.District;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/** What stands in a column, as people say it: names of places instead of keys, words instead of codes, days instead of timestamps. */
@Singleton
class DataWords {

    /** Texts that the portal has anyway, by column or by table and column. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("state", "state."),
            Map.entry("kind", "kind."),
            Map.entry("idea_events.kind", "event."),
            Map.entry("moderation_decisions.kind", "audit.deed.idea."),
            Map.entry("idea_marks.kind", "mark."),
            Map.entry("declared_functions.kind", "bodies.function."),
            Map.entry("reason_key", "reason."),
            Map.entry("name", "me.role."),
            Map.entry("role", "me.role."),
            Map.entry("role_name", "me.role."),
            Map.entry("deputy_name", "me.role."),
            Map.entry("method", "privacy.method."),
            Map.entry("sign_ins.end_reason", "privacy.end-reason."),
            Map.entry("level", "identities.level."),
            Map.entry("legal", "applications.legal."),
            Map.entry("item_key", "applications.item."),
            Map.entry("confirmed", "privacy."),
            Map.entry("consent", "privacy."),
            Map.entry("way", "privacy.way."),
            Map.entry("channel", "votes.result.channel."),
            Map.entry("council_dispatches.channel", "agenda.channel."),
            Map.entry("resolutions.kind", "room.kind."),
            Map.entry("council_motions.kind", "room.move."),
            Map.entry("council_circulation_answers.answer", "circulation.answered."),
            Map.entry("council_circulation_ends.outcome", "circulation.outcome."),
            Map.entry("item_biases.ground", "room.ground."),
            Map.entry("council_choices.choice", "room.choice."),
            Map.entry("council_votes.mode", "room.mode."),
            Map.entry("council_vote_results.outcome", "room.outcome."),
            Map.entry("item_treatments.outcome", "room.ended."),
            Map.entry("resolution_objection_ends.outcome", "objection.ended."),
            Map.entry("minutes_signatures.role", "minutes.role."),
            Map.entry("grant_services.channel", "grants.channel."),
            Map.entry("grant_change_services.channel", "grants.channel."),
            Map.entry("grant_change_answers.outcome", "grants.change.outcome."),
            Map.entry("payout_endings.outcome", "grants.payout.outcome."),
            Map.entry("spending_answers.outcome", "grants.spent.outcome."),
            Map.entry("grant_proofs.kind", "grants.proof.kind."),
            Map.entry("grant_proof_answers.outcome", "grants.proof.outcome."),
            Map.entry("minutes_approvals.how", "minutes.how."),
            Map.entry("present", "privacy."),
            Map.entry("from_account", "privacy.account."),
            Map.entry("to_account", "privacy.account."),
            Map.entry("allocation_runs.rule", "allocation.rule."),
            Map.entry("what", "privacy.read."));

    /** A thing that only has a number of ours, as "passkey:12": of no use to a reader, and in the download as JSON. */
    private static final Pattern OURS = Pattern.compile("[a-z-]+:[0-9a-f-]+");

    private final Texts texts;
    private final Places places;
    private final Catalogue catalogue;
    private final Collection<RoleScopes> scopes;

    DataWords(Texts texts, Places places, Catalogue catalogue, Collection<RoleScopes> scopes) {
        this.texts = texts;
        this.places = places;
        this.catalogue = catalogue;
        this.scopes = scopes;
    }

    /** Empty where there is nothing to read. */
    String value(String table, String column, @Nullable Object value, Locale locale) {
        return switch (value) {
            case null -> "";
            case Boolean yes -> texts.get(locale, yes ? "privacy.yes" : "privacy.no");
            case Map<?, ?> map -> typed(table, map, locale);
            case Collection<?> several ->
                several.stream().map(one -> value(table, column, one, locale)).collect(Collectors.joining(", "));
            case Number cents when column.endsWith("_cents") -> new Money(cents.longValue()).text(locale);
            default -> words(table, column, String.valueOf(value), locale);
        };
    }

    String label(String table, String column, Locale locale) {
        var word = column.replace('_', '-');
        return texts.find(locale, "privacy.column." + table.replace('_', '-') + "." + word)
                .or(() -> texts.find(locale, "privacy.column." + word))
                .or(() -> texts.find(locale, "applications.field." + word.replaceAll("\\d+", "")))
                .orElse(column);
    }

    /** What somebody typed, one line for each field that says something. */
    private String typed(String table, Map<?, ?> fields, Locale locale) {
        return fields.entrySet().stream()
                .map(field -> Map.entry(
                        String.valueOf(field.getKey()),
                        value(table, String.valueOf(field.getKey()), field.getValue(), locale)))
                .filter(field -> !field.getValue().isBlank())
                .map(field -> label(table, field.getKey(), locale) + ": " + field.getValue())
                .collect(Collectors.joining("\n"));
    }

    private String words(String table, String column, String value, Locale locale) {
        return value.isEmpty()
                ? ""
                : named(table, column, value, locale)
                        .or(() -> said(table, column, value, locale))
                        .orElseGet(() -> moment(value, locale));
    }

    private Optional<String> said(String table, String column, String value, Locale locale) {
        var own = WORDS.get(table + "." + column);
        var prefix = own == null ? WORDS.get(column) : own;
        return prefix == null ? Optional.empty() : texts.find(locale, prefix + value);
    }

    /** What has a name: places, topics, languages, offices, deeds and what they were about. */
    private Optional<String> named(String table, String column, String value, Locale locale) {
        return switch (column) {
            case "quarter", "quarter_key", "home_quarter" ->
                places.quarter(value).map(Quarter::name);
            case "district_key", "further_key" ->
                places.districts().stream()
                        .filter(district -> district.key().equals(value))
                        .map(District::name)
                        .findFirst();
            case "community", "community_key" -> places.community(value).map(Community::name);
            case "category", "category_key" -> catalogue.category(value).map(category -> category.label(locale));
            case "group_key", "groups", "target_groups" -> Optional.of(groups(value, locale));
            case "language" -> language(value);
            case "scope", "area_key", "body_key" -> scope(value);
            case "office" -> Optional.of(offices(value, locale));
            case "deed" ->
                texts.find(locale, "privacy.deed." + value).or(() -> texts.find(locale, "audit.deed." + value));
            case "subject", "reference" ->
                table.equals("mails") || table.equals("identities")
                        ? Optional.of(value)
                        : Optional.of(subject(value, locale)
                                .orElse(OURS.matcher(value).matches() ? "" : value));
            case "why" -> subject(value, locale).or(() -> texts.find(locale, "privacy.read.on." + value));
            case "kind" ->
                table.equals("moderation_decisions") && value.equals("undo")
                        ? texts.find(locale, "audit.deed.idea.reversal")
                        : Optional.empty();
            case "reason" ->
                table.equals("audit_entries")
                        ? texts.find(locale, "reason." + value).or(() -> language(value))
                        : Optional.empty();
            case "exact", "exact_place" ->
                Optional.of(texts.get(locale, value.isBlank() ? "privacy.no" : "privacy.yes"));
            case "age_group" -> Optional.of(ages(value, locale));
            default -> Optional.empty();
        };
    }

    /** A row of an idea holds one; a draft several with commas between. */
    private String groups(String keys, Locale locale) {
        return Arrays.stream(keys.split(",\\s*"))
                .map(key -> catalogue
                        .targetGroup(key)
                        .map(group -> group.label(locale))
                        .orElse(key))
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> language(String tag) {
        return Languages.find(tag).map(Languages::ownName);
    }

    private Optional<String> scope(String key) {
        return scopes.stream()
                .flatMap(source -> source.roleScopes().stream())
                .filter(scope -> scope.key().equals(key))
                .map(RoleScope::name)
                .findFirst();
    }

    /** "chair:sbb-ost", a coordinator's area alone, or several roles with commas between. */
    private String offices(String offices, Locale locale) {
        return Arrays.stream(offices.split(","))
                .map(office -> {
                    int colon = office.indexOf(':');
                    var role = colon < 0 ? office : office.substring(0, colon);
                    var place = colon < 0 ? "" : office.substring(colon + 1);
                    return Stream.of(
                                    texts.find(locale, "me.role." + role)
                                            .or(() -> scope(role))
                                            .orElse(role),
                                    scope(place).orElse(place))
                            .filter(word -> !word.isEmpty())
                            .collect(Collectors.joining(", "));
                })
                .collect(Collectors.joining("; "));
    }

    /** "idea:128" by its kind and number. */
    private Optional<String> subject(String subject, Locale locale) {
        int colon = subject.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : texts.find(locale, "audit.subject." + subject.substring(0, colon), subject.substring(colon + 1));
    }

    private String ages(String group, Locale locale) {
        int dash = group.indexOf('-');
        return dash < 0
                ? texts.get(locale, "votes.result.age.65")
                : texts.get(locale, "votes.result.age", group.substring(0, dash), group.substring(dash + 1));
    }

    /** A time as PostgreSQL writes it into JSON becomes one that people read; anything else stays. */
    private String moment(String value, Locale locale) {
        try {
            if (value.matches("\\d{4}-\\d\\d-\\d\\dT.+")) {
                return texts.moment(locale, OffsetDateTime.parse(value).toInstant());
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
