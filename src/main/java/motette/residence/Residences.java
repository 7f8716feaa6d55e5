package motette.residence;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import motette.audit.Audit;
import motette.places.District;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Refusal;
import motette.shared.Sql;

/** Answers where somebody lives and whether they may vote there. The one door of this storey for those above. */
@Singleton
public class Residences {

    private final Sql sql;
    private final Roll roll;
    private final ResidenceRules rules;
    private final Postcodes postcodes;
    private final Places places;
    private final Keys keys;
    private final Letters letters;
    private final Audit audit;
    private final Clock clock;

    Residences(
            Sql sql,
            Roll roll,
            ResidenceRules rules,
            Postcodes postcodes,
            Places places,
            Keys keys,
            Letters letters,
            Audit audit,
            Clock clock) {
        this.sql = sql;
        this.roll = roll;
        this.rules = rules;
        this.postcodes = postcodes;
        this.places = places;
        this.keys = keys;
        this.letters = letters;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is known now; {@link Residence#NOTHING} for a guest. */
    @Connectable
    public Residence of(long personId) {
        return sql.one("""
            select p.email, p.home_quarter, r.id, r.quarter_key, r.way, coalesce(r.birth_year, 0) as birth_year, r.shown_at,
                   r.valid_until
            from persons p
            left join residence_proofs r on r.person_id = p.id and r.ended_at is null and r.valid_until > ?
            where p.id = ?\
            """, this::residence, clock.instant(), personId).orElse(Residence.NOTHING);
    }

    /**
     * Who stands in the roll, as 32 bytes that lead to nobody: the same for one human under whatever account and however they show
     * it again, for as long as the installation keeps its key; another for twins whom staff told apart. Every way to show
     * residence knows name and date of birth, on which it hangs.
     *
     * @return empty for whoever has no running proof, or one whose hashes are gone
     */
    @Connectable
    public Optional<byte[]> identity(long personId) {
        return sql.one("""
            select encode(k.hash, 'hex') || ' ' || k.twin from residence_proofs p
            join residence_keys k on k.proof_id = p.id and k.kind = 'birth'
            where p.person_id = ? and p.ended_at is null and p.valid_until > ?\
            """, row -> voter(row.getString(1)), personId, clock.instant());
    }

    /** @param told the hash of name and date of birth, and which of several people whom staff told apart */
    private byte[] voter(String told) {
        return keys.hash(Keys.Purpose.VOTER, told);
    }

    private record Holder(byte[] identity, long personId, boolean sameAddress) {}

    /**
     * Who somebody is whose identity card an office has before it: found as the same person as by any other way. Keeps nothing.
     *
     * @param typed fields of the form: given, family, born, street, postcode, quarter
     */
    @Transactional(readOnly = true)
    public CardSeen seen(Map<String, String> typed) {
        var form = IdentityForm.of(typed);
        var problems = form.problems(postcodes, places, LocalDate.now(clock), true);
        return problems.isEmpty() ? seen(form) : new CardSeen.Wrong(problems);
    }

    private CardSeen seen(IdentityForm form) {
        var born = form.identity().born();
        var hashes = form.identity().keys(keys);
        var holders = holders(hashes);
        var meant = holders.size() == 1
                ? holders
                : holders.stream().filter(Holder::sameAddress).toList();
        if (meant.size() != 1 && !holders.isEmpty() || holders.isEmpty() && isAlike(hashes)) {
            return new CardSeen.Unclear(
                    Refusal.of("residence.seen.refused").withWayOut("/residence/desk", "residence.desk.title"));
        }
        return new CardSeen.Known(
                meant.isEmpty()
                        ? voter(HexFormat.of().formatHex(hashes.birth()) + " 0")
                        : meant.getFirst().identity(),
                places.known(form.quarter()),
                born.getYear(),
                rules.today().kept(born).orElse(0),
                meant.isEmpty() ? 0 : meant.getFirst().personId());
    }

    /** Several only where staff told people of one name and birthday apart. */
    private List<Holder> holders(IdentityKeys hashes) {
        return sql.list(
                "select encode(k.hash, 'hex') || ' ' || k.twin, r.person_id, exists (select from residence_keys a"
                    + " where a.proof_id = r.id and a.kind = 'address' and a.hash = ?) from residence_keys k join"
                    + " residence_proofs r on r.id = k.proof_id where k.kind = 'birth' and k.hash = ? and r.ended_at"
                    + " is null and r.valid_until > ?",
                row -> new Holder(voter(row.getString(1)), row.getLong(2), row.getBoolean(3)),
                hashes.address(),
                hashes.birth(),
                clock.instant());
    }

    /** A slip in the date of birth would make a second voter of somebody: the same name at the same address is asked about. */
    private boolean isAlike(IdentityKeys hashes) {
        return sql.holds(
                "select from residence_keys k join residence_proofs r on r.id = k.proof_id where k.kind = 'address'"
                        + " and k.hash = ? and r.ended_at is null and r.valid_until > ?",
                hashes.address(),
                clock.instant());
    }

    /** The quarters to choose from in a form for {@link #seen}. */
    public List<QuarterGroup> quarters(String chosen, Predicate<Quarter> offered) {
        return QuarterGroup.of(places, chosen, offered);
    }

    /** The rule that holds today. */
    @Connectable
    public ResidenceRule rule() {
        return rules.today();
    }

    /** Whether somebody may vote in a district, at the age the rule of today asks for; empty when they may. */
    @Transactional(readOnly = true)
    public Optional<Refusal> refusal(long personId, String districtKey) {
        return refusal(personId, districtKey, rules.today().minimumAge());
    }

    /**
     * Whether somebody may vote in a district.
     *
     * @param personId   0 for a guest
     * @param minimumAge years; compared with the difference of calendar years, since only the year of birth is known; 0 asks
     *                   for none
     * @return empty when they may; otherwise why not, and the way out
     */
    @Transactional(readOnly = true)
    public Optional<Refusal> refusal(long personId, String districtKey, int minimumAge) {
        if (personId == 0) {
            return Optional.of(Refusal.of("residence.refused.guest", district(districtKey))
                    .withWayOut("/sign-in?next=/residence", "residence.refused.sign-in"));
        } else {
            return refusal(of(personId), districtKey, minimumAge);
        }
    }

    /** As {@link #refusal(long, String, int)}, of somebody signed in whose residence was already asked for. */
    public Optional<Refusal> refusal(Residence residence, String districtKey, int minimumAge) {
        var district = district(districtKey);
        return residence
                .proof()
                .map(proof -> refusal(proof, districtKey, district, minimumAge))
                .orElseGet(() -> Optional.of(show(Refusal.of("residence.refused.not-shown", district))));
    }

    private String district(String key) {
        return places.districts().stream()
                .filter(one -> one.key().equals(key))
                .map(District::name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No district '" + key + "'"));
    }

    private Optional<Refusal> refusal(Residence.Proof proof, String districtKey, String district, int minimumAge) {
        if (!proof.quarter().districtKey().equals(districtKey)) {
            return Optional.of(show(Refusal.of(
                    "residence.refused.elsewhere", district, proof.quarter().districtName())));
        } else if (minimumAge > 0 && proof.birthYear() == 0) {
            return Optional.of(show(Refusal.of("residence.refused.age-unknown", (long) minimumAge)));
        } else if (!proof.isOfAge(minimumAge, LocalDate.now(clock).getYear())) {
            return Optional.of(Refusal.of(
                            "residence.refused.age", (long) minimumAge, String.valueOf(proof.birthYear() + minimumAge))
                    .withWayOut("/ideas/new", "residence.refused.propose"));
        } else {
            return Optional.empty();
        }
    }

    private static Refusal show(Refusal refusal) {
        return refusal.withWayOut("/residence", "residence.refused.show");
    }

    /**
     * An identity provider vouches for somebody who is signed in: called once the answer of the provider is verified. The
     * quarter is the provider's, or the one that its postcode leaves, or the one among several that the person named.
     */
    @Transactional
    public Outcome shownBy(long personId, VerifiedPerson who) {
        var rule = rules.today();
        var today = LocalDate.now(clock);
        if (!rule.allows(Way.PROVIDER)) {
            return new Outcome.No(show(Refusal.of("residence.refused.off")));
        } else if (who.assurance().compareTo(rule.providerLevel()) < 0) {
            return new Outcome.No(show(Refusal.of("residence.refused.assurance")));
        } else if (who.givenNames().isBlank()
                || who.familyName().isBlank()
                || who.born().isAfter(today)
                || who.born().getYear() < IdentityForm.EARLIEST) {
            return new Outcome.No(show(Refusal.of("residence.refused.incomplete")));
        } else {
            return quarter(personId, who)
                    .map(quarter -> roll.enter(claim(personId, who, quarter, rule)))
                    .orElseGet(() -> new Outcome.No(where(who)));
        }
    }

    private Claim claim(long personId, VerifiedPerson who, Quarter quarter, ResidenceRule rule) {
        var identity = new Identity(who.givenNames(), who.familyName(), who.born(), who.street(), who.postcode());
        return new Claim(
                personId, Way.PROVIDER, quarter.key(), rule.kept(who.born()).orElse(0), identity.keys(keys), 0);
    }

    private Optional<Quarter> quarter(long personId, VerifiedPerson who) {
        var told = places.quarter(who.quarterKey());
        if (told.isPresent()) {
            return told;
        } else {
            var possible = postcodes.quarters(who.postcode());
            return possible.size() == 1
                    ? Optional.of(possible.getFirst())
                    : of(personId).claimed().filter(possible::contains);
        }
    }

    /** Not in this city, or in one of several quarters, of which the person has to name theirs. */
    private Refusal where(VerifiedPerson who) {
        var possible = postcodes.quarters(who.postcode());
        return possible.isEmpty()
                ? show(Refusal.of("residence.refused.outside"))
                : Refusal.of(
                                "residence.refused.which-quarter",
                                possible.stream().map(Quarter::name).toList())
                        .withWayOut("/me#home", "residence.refused.name-quarter");
    }

    /**
     * Leaves a letter with a code to be printed, as the form does; for those above that know the address already.
     *
     * @return why not; empty when it is left
     */
    @Transactional
    public Optional<Refusal> sendLetter(long personId, VerifiedPerson to) {
        return letters.ask(
                personId,
                new IdentityForm(
                        to.givenNames(),
                        to.familyName(),
                        to.born().toString(),
                        to.street(),
                        to.postcode(),
                        to.quarterKey(),
                        ""));
    }

    /** A postcode that touches a quarter, for examples. */
    public String somePostcode(String quarterKey) {
        return postcodes.one(quarterKey);
    }

    /** The person no longer wants to stand in the roll; what they did stays. False when they did not. */
    @Transactional
    public boolean end(long personId) {
        sql.lockRow("persons", personId);
        var ended = roll.end(personId, Roll.EndKind.PERSON);
        if (ended) {
            audit.record(personId, "residence.end", "person:" + personId, "");
        }
        return ended;
    }

    /** Everything this storey knows of a person, for their erasure: it goes, and what others did with it stays without them. */
    @Transactional
    public void forget(long personId) {
        sql.lockRow("persons", personId);
        sql.change("delete from residence_tries where person_id = ?", personId);
        sql.change("delete from residence_desk_codes where person_id = ?", personId);
        sql.change("delete from residence_letters where person_id = ?", personId);
        sql.change(
                "update residence_letters set case_id = null where case_id in"
                        + " (select id from residence_cases where person_id = ? or other_id = ?)",
                personId,
                personId);
        sql.change("delete from residence_cases where person_id = ? or other_id = ?", personId, personId);
        sql.change("delete from residence_proofs where person_id = ?", personId);
        sql.change("delete from residence_twins where person_id = ?", personId);
        sql.change("update residence_cases set witness_id = null where witness_id = ?", personId);
        sql.change("update residence_cases set decided_by = null where decided_by = ?", personId);
        sql.change("update residence_proofs set witness_id = null where witness_id = ?", personId);
        sql.change("update residence_batches set made_by = null where made_by = ?", personId);
        sql.change("update register_extracts set made_by = null where made_by = ?", personId);
    }

    private Residence residence(ResultSet row) throws SQLException {
        var claimed = Optional.ofNullable(row.getString("home_quarter")).flatMap(places::quarter);
        var proof = row.getString("way") == null ? Optional.<Residence.Proof>empty() : Optional.of(proof(row));
        return new Residence(
                level(row.getString("email") != null, claimed.isPresent(), proof.isPresent()), claimed, proof);
    }

    private Residence.Proof proof(ResultSet row) throws SQLException {
        return new Residence.Proof(
                row.getLong("id"),
                places.known(row.getString("quarter_key")),
                Way.find(row.getString("way")).orElseThrow(),
                row.getInt("birth_year"),
                row.getTimestamp("shown_at").toInstant(),
                row.getTimestamp("valid_until").toInstant());
    }

    private static ResidenceLevel level(boolean email, boolean claimed, boolean shown) {
        if (shown) {
            return ResidenceLevel.SHOWN;
        } else if (claimed) {
            return ResidenceLevel.CLAIMED;
        } else {
            return email ? ResidenceLevel.EMAIL : ResidenceLevel.NONE;
        }
    }
}
