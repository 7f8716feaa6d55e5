package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Refusal;
import motette.shared.Texts;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Levels, questions, the roll with one entry a person, and the cases. */
@MicronautTest(transactional = false)
class ResidencesTest extends PortalTest {

    @Inject
    Residences residences;

    @Inject
    ResidenceForgetting forgetting;

    @Inject
    Texts texts;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    private Residents residents;

    @BeforeEach
    void nobody() {
        residents = new Residents(waiting);
        residents.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
        waiting.change(
                "update residence_rules set minimum_age = 14, by_provider = true, provider_level = 'substantial'");
        waiting.change("update persons set email = demo_key || '@motette.example', home_quarter = '21'"
                + " where demo_key in ('resident-3', 'resident-4')");
    }

    @Test
    void the_level_follows_from_what_is_there_and_falls_with_it() {
        long person = residents.id(Town.resident(3));
        assertThat(residences.of(0).level()).isEqualTo(ResidenceLevel.NONE);
        waiting.change("update persons set email = null, home_quarter = null where id = " + person);
        assertThat(residences.of(person).level()).isEqualTo(ResidenceLevel.NONE);
        waiting.change("update persons set email = 'drei@motette.example' where id = " + person);
        assertThat(residences.of(person).level()).isEqualTo(ResidenceLevel.EMAIL);
        waiting.change("update persons set home_quarter = '21' where id = " + person);
        assertThat(residences.of(person).level()).isEqualTo(ResidenceLevel.CLAIMED);
        assertThat(residences.shownBy(person, Residents.verified(3))).isInstanceOf(Outcome.Shown.class);
        var shown = residences.of(person);
        assertThat(shown.level()).isEqualTo(ResidenceLevel.SHOWN);
        assertThat(shown.proof().orElseThrow().quarter().districtName()).isEqualTo("Ost");
        assertThat(shown.proof().orElseThrow().way()).isEqualTo(Way.PROVIDER);
        clock.set(shown.proof().orElseThrow().until());
        assertThat(residences.of(person).level()).isEqualTo(ResidenceLevel.CLAIMED);
        assertThat(ResidenceLevel.SHOWN.atLeast(ResidenceLevel.EMAIL)).isTrue();
        assertThat(ResidenceLevel.EMAIL.atLeast(ResidenceLevel.CLAIMED)).isFalse();
    }

    @Test
    void only_who_lives_there_votes_and_everybody_else_reads_why_not_and_the_way_out() {
        long person = residents.id(Town.resident(3));
        assertThat(said(residences.refusal(0, "2").orElseThrow())).contains("Nur wer in Ost wohnt", "melden Sie sich");
        var refusal = residences.refusal(person, "2").orElseThrow();
        assertThat(said(refusal)).isEqualTo("Nur wer in Ost wohnt, kann hier abstimmen.");
        assertThat(refusal.wayOut()).isEqualTo("/residence");
        assertThat(texts.get(Locale.GERMAN, refusal.wayOutText())).isEqualTo("So weisen Sie Ihren Wohnort nach");
        residences.shownBy(person, Residents.verified(3));
        assertThat(residences.refusal(person, "2")).isEmpty();
        assertThat(said(residences.refusal(person, "0").orElseThrow()))
                .contains("Nur wer in Mitte wohnt", "liegt in Ost");
    }

    @Test
    void an_age_is_reached_from_the_first_of_january_of_its_year() {
        long person = residents.id(Town.resident(3));
        int year = LocalDate.now(clock).getYear();
        residences.shownBy(person, born(LocalDate.of(year - 14, 12, 31)));
        assertThat(residences.refusal(person, "2")).isEmpty();
        residences.shownBy(residents.id(Town.resident(4)), born(LocalDate.of(year - 13, 1, 1)));
        var refusal = residences.refusal(residents.id(Town.resident(4)), "2").orElseThrow();
        assertThat(said(refusal)).contains("in diesem Jahr mindestens 14", String.valueOf(year + 1));
        assertThat(refusal.wayOut()).isEqualTo("/ideas/new");
        assertThat(residences.refusal(residents.id(Town.resident(4)), "2", 0)).isEmpty();
        assertThat(said(residences.refusal(person, "2", 16).orElseThrow())).contains("mindestens 16");
    }

    @Test
    void the_year_of_birth_is_kept_only_where_a_rule_needs_it() {
        long person = residents.id(Town.resident(3));
        waiting.change("update residence_rules set minimum_age = 0");
        residences.shownBy(person, Residents.verified(3));
        assertThat(waiting.ask("select count(birth_year) from residence_proofs"))
                .isEqualTo("0");
        assertThat(residences.refusal(person, "2")).isEmpty();
        waiting.change("update residence_rules set minimum_age = 14");
        assertThat(said(residences.refusal(person, "2").orElseThrow())).contains("Geburtsjahr kennen wir nicht");
        residences.shownBy(person, Residents.verified(3));
        assertThat(residences.refusal(person, "2")).isEmpty();
        assertThat(waiting.ask("select birth_year from residence_proofs where ended_at is null"))
                .isEqualTo("1980");
    }

    @Test
    void a_provider_is_believed_as_far_as_the_rule_says() {
        long person = residents.id(Town.resident(3));
        var sure = Residents.verified(3);
        var unsure = new VerifiedPerson("Test", "Person", sure.born(), "Weg 1", "04315", "21", Assurance.LOW);
        assertThat(no(residences.shownBy(person, unsure))).isEqualTo("residence.refused.assurance");
        assertThat(no(residences.shownBy(person, with(sure, "10115", "")))).isEqualTo("residence.refused.outside");
        waiting.change("update persons set home_quarter = '00' where id = " + person);
        assertThat(no(residences.shownBy(person, with(sure, "04315", ""))))
                .isEqualTo("residence.refused.which-quarter");
        waiting.change("update persons set home_quarter = '20' where id = " + person);
        assertThat(residences.shownBy(person, with(sure, "04315", ""))).isInstanceOf(Outcome.Shown.class);
        assertThat(residences.of(person).proof().orElseThrow().quarter().key()).isEqualTo("20");
        waiting.change("update residence_rules set by_provider = false");
        assertThat(no(residences.shownBy(person, sure))).isEqualTo("residence.refused.off");
    }

    @Test
    void twenty_accounts_of_one_person_at_once_leave_one_proof_and_a_case_each_for_the_others() throws Exception {
        var people = IntStream.rangeClosed(1, 20)
                .mapToLong(i -> residents.id(Town.resident(i)))
                .boxed()
                .toList();
        var together = new CountDownLatch(1);
        var outcomes = new ArrayList<Outcome>();
        try (var pool = Executors.newFixedThreadPool(20)) {
            var tasks = people.stream()
                    .map(person -> pool.submit((Callable<Outcome>) () -> {
                        together.await();
                        return residences.shownBy(person, Residents.verified(1));
                    }))
                    .toList();
            together.countDown();
            for (var task : tasks) {
                outcomes.add(task.get());
            }
        }
        assertThat(outcomes).filteredOn(Outcome.Shown.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Outcome.ForStaff.class::isInstance).hasSize(19);
        assertThat(waiting.ask("select count(*) || ' ' || count(ended_at) from residence_proofs"))
                .isEqualTo("1 0");
        assertThat(waiting.ask("select count(*) || ' ' || count(distinct person_id) || ' ' || count(distinct"
                        + " other_id) from residence_cases where decided_at is null and kind ="
                        + " 'two-accounts' and matched = 'both'"))
                .isEqualTo("19 19 1");
    }

    @Test
    void one_account_that_shows_itself_twenty_times_at_once_has_one_running_proof() throws Exception {
        long person = residents.id(Town.resident(3));
        try (var pool = Executors.newFixedThreadPool(20)) {
            var tasks = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<Outcome>) () -> residences.shownBy(person, Residents.verified(3)))
                    .toList();
            for (var outcome : pool.invokeAll(tasks)) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Shown.class);
            }
        }
        assertThat(waiting.ask(
                        "select count(*) filter (where ended_at is null) || ' ' || count(*) from residence_proofs"))
                .isEqualTo("1 20");
        assertThat(waiting.ask("select count(*) from residence_keys")).isEqualTo("2");
    }

    @Test
    void the_same_person_at_another_address_or_born_another_day_is_noticed_but_a_stranger_is_not() {
        var one = Residents.verified(1);
        residences.shownBy(residents.id(Town.resident(1)), one);
        var moved = new VerifiedPerson(
                one.givenNames(), "Person", one.born(), "Andere Allee 9", "04315", "21", Assurance.HIGH);
        var lied = new VerifiedPerson(
                one.givenNames(), "PERSON", one.born().plusYears(1), "prüfstr. 2", "04315", "21", Assurance.HIGH);
        assertThat(residences.shownBy(residents.id(Town.resident(2)), moved)).isInstanceOf(Outcome.ForStaff.class);
        assertThat(residences.shownBy(residents.id(Town.resident(4)), lied)).isInstanceOf(Outcome.ForStaff.class);
        assertThat(waiting.ask("select string_agg(matched, ' ' order by id) from residence_cases"))
                .isEqualTo("birth address");
        assertThat(residences.shownBy(residents.id(Town.resident(5)), Residents.verified(5)))
                .isInstanceOf(Outcome.Shown.class);
        assertThat(residences.shownBy(residents.id(Town.resident(1)), moved))
                .as("a person who moves shows it with their own account")
                .isInstanceOf(Outcome.Shown.class);
    }

    @Test
    void who_ended_a_proof_or_let_it_expire_stands_in_nobodys_way() {
        long first = residents.id(Town.resident(1));
        long second = residents.id(Town.resident(2));
        residences.shownBy(first, Residents.verified(1));
        assertThat(residences.end(first)).isTrue();
        assertThat(residences.end(first)).isFalse();
        assertThat(waiting.ask("select count(*) from residence_keys")).isEqualTo("0");
        assertThat(residences.shownBy(second, Residents.verified(1))).isInstanceOf(Outcome.Shown.class);
        clock.set(residences.of(second).proof().orElseThrow().until());
        assertThat(residences.shownBy(first, Residents.verified(1))).isInstanceOf(Outcome.Shown.class);
        assertThat(waiting.ask("select string_agg(end_kind, ' ' order by id) from residence_proofs where ended_at is"
                        + " not null"))
                .isEqualTo("person expired");
    }

    @Test
    void staff_decides_with_a_reason_and_everybody_else_cannot() {
        long number = clash();
        assertThat(browser().signIn(Town.resident(1)).get("/residence/cases").statusCode())
                .isEqualTo(403);
        assertThat(browser()
                        .signIn(Town.coordinator("ost"))
                        .get("/residence/cases")
                        .statusCode())
                .isEqualTo(403);
        var officer = browser().signIn(Town.officer());
        assertThat(officer.page("/residence/cases").text()).contains("Fall " + number, "Zwei Konten");
        var page = officer.page("/residence/cases/" + number);
        assertThat(page.text())
                .contains("Gleich sind Name, Geburtsdatum und Adresse", "Volkmarsdorf", "1980")
                .doesNotContain("Prüfstraße", "07.03", "7. März");
        var action = "/residence/cases/" + number + "/decision";
        var nothing = officer.submit(page, action, Map.of());
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("Bitte wählen Sie eine Entscheidung", "Bitte begründen Sie");
        assertThat(officer.submit(page, action, Map.of("decision", "second", "reason", "Altes Konto verloren"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isFalse();
        assertThat(residences.of(residents.id(Town.resident(2))).isShown()).isTrue();
        var again = officer.submit(page, action, Map.of("decision", "first", "reason", "Doch nicht, anders"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("schon entschieden");
        assertThat(browser().signIn(Town.resident(2)).page("/residence").text())
                .contains("Entschieden (Fall " + number + ")", "Altes Konto verloren");
        assertThat(waiting.ask("select count(*) from mails where topic = 'residence-case-" + number + "'"))
                .isEqualTo("2");
        assertThat(waiting.ask("select reason from audit_entries where deed = 'residence.case-decision'"
                        + " and subject = 'residence-case:" + number + "'"))
                .isEqualTo("Altes Konto verloren");
        assertThat(waiting.ask("select birth_hash is null from residence_cases where id = " + number))
                .isEqualTo("t");
    }

    @Test
    void the_first_keeps_the_entry_when_staff_says_so() {
        long number = clash();
        decide(number, "first");
        assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isTrue();
        assertThat(residences.of(residents.id(Town.resident(2))).isShown()).isFalse();
    }

    @Test
    void two_people_who_only_look_alike_both_stand_in_the_roll_and_stay_there_when_they_renew() {
        decide(clash(), "both");
        for (int i = 0; i < 2; i++) {
            assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isTrue();
            assertThat(residences.of(residents.id(Town.resident(2))).isShown()).isTrue();
            assertThat(residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1)))
                    .isInstanceOf(Outcome.Shown.class);
        }
        assertThat(residences.shownBy(residents.id(Town.resident(4)), Residents.verified(1)))
                .as("a third one is noticed")
                .isInstanceOf(Outcome.ForStaff.class);
    }

    @Test
    void that_two_are_different_lifts_the_check_between_these_two_and_not_with_a_third() {
        decide(clash(), "both");
        var third = (Outcome.ForStaff) residences.shownBy(residents.id(Town.resident(4)), Residents.verified(1));
        decide(third.number(), "both");
        residences.end(residents.id(Town.resident(1)));
        residences.end(residents.id(Town.resident(2)));
        residences.end(residents.id(Town.resident(4)));
        residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1));
        assertThat(residences.shownBy(residents.id(Town.resident(4)), Residents.verified(1)))
                .as("the third was compared with the first only")
                .isInstanceOf(Outcome.ForStaff.class);
        assertThat(residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1)))
                .isInstanceOf(Outcome.Shown.class);
    }

    @Test
    void one_human_has_one_identity_under_whatever_account_and_whatever_way() {
        long first = residents.id(Town.resident(1));
        long second = residents.id(Town.resident(2));
        assertThat(residences.identity(first)).isEmpty();
        residences.shownBy(first, Residents.verified(1));
        var identity = residences.identity(first).orElseThrow();
        assertThat(identity).hasSize(32);
        assertThat(waiting.ask("select count(*) from residence_keys where hash = decode('"
                        + java.util.HexFormat.of().formatHex(identity) + "', 'hex')"))
                .as("leads to nobody")
                .isEqualTo("0");
        residences.end(first);
        assertThat(residences.identity(first)).isEmpty();
        residences.shownBy(second, Residents.verified(1));
        assertThat(residences.identity(second)).contains(identity);
        residences.shownBy(first, Residents.verified(2));
        assertThat(residences.identity(first).orElseThrow()).isNotEqualTo(identity);
        waiting.change("delete from residence_keys");
        assertThat(residences.identity(first)).as("its hashes are gone").isEmpty();
    }

    @Test
    void twins_are_two_in_the_roll_whoever_ends_and_renews() {
        long first = residents.id(Town.resident(1));
        long second = residents.id(Town.resident(2));
        decide(clash(), "both");
        var one = residences.identity(first).orElseThrow();
        var other = residences.identity(second).orElseThrow();
        assertThat(other).isNotEqualTo(one);
        residences.end(first);
        residences.shownBy(second, Residents.verified(1));
        assertThat(residences.identity(second)).as("alone in the roll").contains(other);
        residences.shownBy(first, Residents.verified(1));
        assertThat(residences.identity(first)).contains(one);
        residences.shownBy(second, Residents.verified(1));
        assertThat(residences.identity(second)).contains(other);
    }

    @Test
    void an_account_that_shows_another_person_is_a_case_and_keeps_what_it_had() {
        long person = residents.id(Town.resident(1));
        residences.shownBy(person, Residents.verified(1));
        var outcome = (Outcome.ForStaff) residences.shownBy(person, Residents.verified(2));
        assertThat(residences.of(person).isShown()).isTrue();
        assertThat(browser().signIn(Town.resident(1)).page("/residence").text())
                .contains("Fall " + outcome.number(), "Ihr bisheriger Nachweis gilt weiter");
        var officer = browser().signIn(Town.administrator());
        assertThat(officer.page("/residence/cases/" + outcome.number())
                        .select("[name=decision]")
                        .eachAttr("value"))
                .containsExactly("first", "second");
        decide(outcome.number(), "second");
        assertThat(residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1)))
                .as("the first identity is free again")
                .isInstanceOf(Outcome.Shown.class);
    }

    @Test
    void nobody_decides_their_own_case() {
        residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1));
        var clash = (Outcome.ForStaff) residences.shownBy(residents.id(Town.officer()), Residents.verified(1));
        var officer = browser().signIn(Town.officer());
        var path = "/residence/cases/" + clash.number();
        var answer = officer.submit(
                officer.page(path), path + "/decision", Map.of("decision", "second", "reason", "Das bin ich"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("sind Sie selbst gemeint");
    }

    @Test
    void what_is_over_is_forgotten() {
        residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1));
        clock.set(residences
                .of(residents.id(Town.resident(1)))
                .proof()
                .orElseThrow()
                .until());
        forgetting.forget();
        assertThat(waiting.ask("select count(*) from residence_keys")).isEqualTo("0");
        assertThat(waiting.ask("select count(*) from residence_proofs")).isEqualTo("1");
        clock.turn(ResidenceForgetting.ENDED.plus(Duration.ofSeconds(1)));
        forgetting.forget();
        assertThat(waiting.ask("select count(*) from residence_proofs")).isEqualTo("0");
    }

    @Test
    void an_erased_person_is_gone_from_every_table_of_the_storey() {
        long number = clash();
        long first = residents.id(Town.resident(1));
        residences.forget(first);
        assertThat(waiting.ask("select count(*) from residence_cases where id = " + number))
                .isEqualTo("0");
        assertThat(waiting.ask("select count(*) from residence_proofs where person_id = " + first))
                .isEqualTo("0");
        assertThat(residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1)))
                .isInstanceOf(Outcome.Shown.class);
    }

    @Test
    void a_person_ends_the_proof_on_their_page() {
        residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1));
        var browser = browser().signIn(Town.resident(1));
        var page = browser.page("/residence");
        assertThat(page.text()).contains("Sie wohnen in Volkmarsdorf", "In Ost abstimmen", "Nachgewiesen");
        assertThat(browser.page("/me").text()).contains("Nachgewiesen in Volkmarsdorf");
        var answer = browser.submit(page, "/residence/end", Map.of());
        assertThat(browser.follow(answer).text()).contains("Ihr Nachweis ist beendet", "Angegeben, nicht nachgewiesen");
        assertThat(Browser.location(browser().get("/residence"))).startsWith("/sign-in");
    }

    /** @return the number of a case between resident-1, who is in the roll, and resident-2 */
    private long clash() {
        residences.shownBy(residents.id(Town.resident(1)), Residents.verified(1));
        return ((Outcome.ForStaff) residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1))).number();
    }

    private void decide(long number, String decision) {
        var officer = browser().signIn(Town.officer());
        var path = "/residence/cases/" + number;
        var answer = officer.submit(
                officer.page(path),
                path + "/decision",
                Map.of("decision", decision, "reason", "Mit beiden gesprochen"));
        assertThat(answer.statusCode()).isEqualTo(303);
    }

    private String said(Refusal refusal) {
        return texts.get(Locale.GERMAN, refusal.reason());
    }

    private static String no(Outcome outcome) {
        return ((Outcome.No) outcome).refusal().reason().key();
    }

    private VerifiedPerson born(LocalDate day) {
        return new VerifiedPerson("Jung", "Person", day, "Weg " + day.getYear(), "04315", "21", Assurance.HIGH);
    }

    private static VerifiedPerson with(VerifiedPerson who, String postcode, String quarter) {
        return new VerifiedPerson(
                who.givenNames(), who.familyName(), who.born(), who.street(), postcode, quarter, who.assurance());
    }
}
