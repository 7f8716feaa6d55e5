package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import motette.budgets.BudgetOpening;
import motette.shared.Time;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The year of one council, as people live it: from January to the first days of the next year, through the pages, by what stands on
 * buttons and beside fields. The database is only asked what became of it, where no page says it.
 */
@MicronautTest(transactional = false)
class CouncilYearTest extends PortalTest {

    private static final int YEAR = LocalDate.now(Time.ZONE).getYear() + 1;
    private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final String SESSIONS = "/council/sbb-ost/sessions";
    private static final String SHADE = "Schatten am Spielplatz";
    private static final String BENCHES = "Bänke für den Rabetpark";
    private static final String TREE = "Sturmschaden am Spielplatz";
    private static final String IBAN = "DE89 3704 0044 0532 0130 00";
    private static final boolean PICTURES = Boolean.getBoolean("pictures");
    private static final Duration MOMENT = Duration.ofSeconds(1);

    @Inject
    TestClock clock;

    @Inject
    BudgetOpening budgets;

    @Inject
    Waiting town;

    private final List<Duration> followed = new ArrayList<>();
    private Chromium chromium;
    private String idea = "";
    private String first = "";
    private String second = "";
    private String third = "";
    private String shade = "";

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
        clock.reset();
    }

    @Test
    void a_council_lives_through_a_year_and_every_cent_is_where_the_pages_say() throws Exception {
        the_year_begins();
        a_resident_asks_for_money_on_the_phone();
        an_association_asks_on_paper();
        the_office_names_a_gap_and_then_nothing_is_missing();
        the_chair_plans_three_sessions_and_invites_to_the_first();
        without_quorum_nothing_is_decided();
        the_matter_comes_again_with_others_and_what_is_urgent_comes_late();
        rules_of_the_summer_are_made_in_spring();
        three_devices_follow_a_session_and_one_loses_its_network();
        three_people_sign_the_minutes_and_everybody_can_read_them();
        the_mayor_objects_and_takes_it_back();
        the_resident_gets_the_money_proves_its_use_and_returns_the_rest();
        in_summer_the_new_rules_hold_and_in_spring_the_old_ones_did();
        at_the_end_of_the_year_what_nobody_fetched_falls_back();
        every_cent_is_where_it_is_said_to_be();
        assertThat(chromium.complaints())
                .as("but for the device that had no network")
                .allMatch(each -> each.contains("ERR_INTERNET_DISCONNECTED") && each.endsWith("/seat"));
    }

    private void the_year_begins() {
        day(LocalDate.of(YEAR, 1, 11));
        budgets.open(LocalDate.now(clock));
    }

    private void a_resident_asks_for_money_on_the_phone() {
        phone(Town.resident(3), page -> {
            page.navigate("/applications/new");
            press(page, "Antrag beginnen");
            write(page, SHADE, "800");
            seen(page, "application");
        });
    }

    private void an_association_asks_on_paper() {
        desk(Town.officer(), page -> {
            page.navigate("/applications/desk");
            press(page, "Antrag vom Papier erfassen");
            write(page, BENCHES, "1.200");
            seen(page, "paper");
        });
    }

    /** The six steps of an application; on paper, and only there, a stamp is asked for. */
    private void write(Page page, String title, String amount) {
        field(page, "Titel").fill(title);
        page.getByLabel("Ortsteil").selectOption("20");
        press(page, "Weiter");
        choose(page, "Eigenes Projekt");
        field(page, "Was haben Sie vor?").fill("Wir bauen Bänke im Schatten für alle im Quartier.");
        field(page, "Für wen ist es?").fill("Familien und Ältere, etwa 200 Menschen im Monat.");
        field(page, "Wie gehen Sie vor?").fill("An drei Samstagen bauen wir gemeinsam, mit Aushang im Quartier.");
        field(page, "Beginn").fill(YEAR + "-05-01");
        field(page, "Ende").fill(YEAR + "-10-31");
        press(page, "Weiter");
        var paper = page.getByLabel("Eingangsstempel");
        if (paper.isVisible()) {
            paper.fill(LocalDate.now(clock).toString());
            choose(page, "Die Person hat unterschrieben");
            choose(page, "Eine Organisation");
            field(page, "Name der Person oder Organisation").fill("Demo-Nachbarschaft Ost e. V.");
            field(page, "Rechtsform").fill("Verein");
            field(page, "Wer vertritt die Organisation").fill("Demo-Vertretung des Vereins");
        } else {
            choose(page, "Eine Person");
            field(page, "Name der Person oder Organisation").fill("Demo-Einwohnerin Ost");
        }
        field(page, "Straße und Hausnummer").fill("Demostraße 2");
        field(page, "Postleitzahl").fill("04315");
        field(page, "Wohnort oder Sitz").fill("Leipzig");
        choose(page, "Ich bin mindestens");
        press(page, "Weiter");
        page.locator("#cost1-what").fill("Holz");
        page.locator("#cost1-amount").fill(amount);
        page.locator("#asked").fill(amount);
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("Es geht auf.")))
                .isVisible();
        press(page, "Weiter");
        press(page, "Weiter");
        choose(page, "Ich beginne nicht");
        choose(page, "Die Stadt darf meine Angaben lesen");
        press(page, Pattern.compile("Antrag (stellen|erneut senden)"));
        says(page, "Ihr Antrag ist eingegangen");
    }

    private void the_office_names_a_gap_and_then_nothing_is_missing() {
        desk(Town.officer(), page -> {
            page.navigate("/applications/desk");
            page.getByRole(AriaRole.LINK, named(SHADE)).click();
            var applicant = group(page, "Wer beantragt");
            applicant.getByLabel("Es fehlt etwas").check();
            applicant.getByLabel("Was fehlt?").fill("Bitte geben Sie eine Telefonnummer an.");
            press(page, "Zurückgeben mit Lücken");
            says(page, "Der Antrag ist zurückgegeben");
            seen(page, "returned");
        });
        phone(Town.resident(3), page -> {
            page.navigate("/me");
            page.getByRole(AriaRole.LINK, named(SHADE)).first().click();
            says(page, "Bitte geben Sie eine Telefonnummer an.");
            page.getByRole(AriaRole.LINK, named("Ergänzen und erneut senden")).click();
            press(page, "Weiter");
            press(page, "Weiter");
            field(page, "Telefon").fill("0341 4711");
            press(page, "Weiter");
            press(page, "Weiter");
            press(page, "Weiter");
            choose(page, "Ich beginne nicht");
            choose(page, "Die Stadt darf meine Angaben lesen");
            press(page, "Antrag erneut senden");
            says(page, "Ihr Antrag ist eingegangen");
        });
        desk(Town.officer(), page -> {
            for (var title : List.of(SHADE, BENCHES)) {
                page.navigate("/applications/desk");
                page.getByRole(AriaRole.LINK, named(title)).click();
                var all = page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("In Ordnung"));
                for (int i = all.count() - 1; i >= 0; i--) {
                    all.nth(i).check();
                }
                press(page, "Haken speichern");
                says(page, "Vollständig seit dem");
            }
            seen(page, "complete");
        });
    }

    private void the_chair_plans_three_sessions_and_invites_to_the_first() {
        desk(Town.chair("ost"), page -> {
            page.navigate(SESSIONS);
            field(page, "Tage")
                    .fill(String.join(
                            "\n", GERMAN.format(evening(2)), GERMAN.format(evening(3)), GERMAN.format(evening(6))));
            field(page, "Beginn").fill("18:00");
            press(page, "Sitzungen eintragen");
            says(page, "Die Sitzungen sind eingetragen.");
            page.navigate(SESSIONS + "?year=" + YEAR);
            first = open(page, evening(2));
            put(page, "Antrag: " + SHADE);
            seen(page, "agenda");
            press(page, "Jetzt einladen");
            says(page, "Die Mitglieder sind eingeladen.");
        });
    }

    private void without_quorum_nothing_is_decided() {
        evening(2, LocalTime.of(18, 0));
        desk(Town.chair("ost"), page -> {
            page.navigate(first + "/room");
            press(page, "Sitzung eröffnen");
            IntStream.rangeClosed(1, 5).forEach(seat -> comes(page, "Demo-Beiratsmitglied Ost " + seat));
            call(page, SHADE);
            says(page, "Nicht beschlussfähig");
            seen(page, "no-quorum");
            page.getByText("Punkt ohne Beschluss beenden").click();
            press(page, "Nicht beschlussfähig");
            says(page, "Ohne Beschlussfähigkeit beendet");
            press(page, "Sitzung schließen");
            says(page, "geschlossen");
        });
    }

    private void the_matter_comes_again_with_others_and_what_is_urgent_comes_late() {
        day(evening(2).plusDays(1));
        desk(Town.chair("ost"), page -> {
            page.navigate(SESSIONS + "?year=" + YEAR);
            second = open(page, evening(3));
            put(page, "Antrag: " + SHADE);
            put(page, "Antrag: " + BENCHES);
            var ideas = page.getByLabel("Eine Idee oder ein Antrag");
            var option = ideas.locator("option[value^='idea:']").first();
            idea = option.textContent().strip();
            put(page, idea);
            press(page, "Jetzt einladen");
            says(page, "Die Mitglieder sind eingeladen.");
        });
        day(evening(3).minusDays(1));
        desk(Town.chair("ost"), page -> {
            page.navigate(second);
            page.getByText("Punkt nachtragen").click();
            field(page, "Titel des Punktes").fill(TREE);
            press(page, "Aufnehmen");
            says(page, "warum der Punkt nicht bis zur nächsten Sitzung warten kann");
            field(page, "Warum es eilt").fill("Der Baum muss weg, bevor die Vögel brüten.");
            press(page, "Aufnehmen");
            says(page, "Erst nach der Einladung aufgenommen: Der Baum muss weg");
            seen(page, "late");
        });
    }

    private void rules_of_the_summer_are_made_in_spring() {
        desk(Town.administrator(), page -> {
            page.navigate("/bodies/sbb-ost/administration");
            page.getByText("Neue Regeln eintragen").click();
            field(page, "Gilt ab").fill(YEAR + "-06-01");
            page.getByLabel("So viel muss mindestens da sein").selectOption("2/3");
            page.locator("#rules_source").fill("Erfundener Beschluss der Demo-Stadt");
            field(page, "Warum ändern sich die Regeln?").fill("Der Rat will, dass mehr Mitglieder dabei sind.");
            press(page, "Regeln eintragen");
            says(page, "Die neuen Regeln sind eingetragen.");
        });
    }

    private void three_devices_follow_a_session_and_one_loses_its_network() {
        evening(3, LocalTime.of(18, 0));
        var chair = chromium.open(1440, 900, ColorScheme.LIGHT, true, Town.chair("ost"));
        var member = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.councillor("ost", 1));
        var wall = chromium.open(1440, 900, ColorScheme.LIGHT, true, "");
        try {
            sit(chair, member, wall);
        } catch (PlaywrightException | AssertionError failed) {
            Chromium.shot(chair, "year-failed-chair");
            Chromium.shot(member, "year-failed-member");
            Chromium.shot(wall, "year-failed-wall");
            throw failed;
        }
        List.of(chair, member, wall).forEach(page -> page.context().close());
    }

    private void sit(Page chair, Page member, Page wall) {
        chair.navigate(second + "/room");
        member.navigate(second + "/seat");
        wall.navigate(second + "/live");
        press(chair, "Sitzung eröffnen");
        comes(chair, "Demo-Vorsitz Ost");
        for (int seat = 1; seat <= 4; seat++) {
            comes(chair, "Demo-Beiratsmitglied Ost " + seat);
        }
        follows(member, "Sie sind als anwesend eingetragen");

        // Without quorum for anything else, but this matter comes for the second time.
        call(chair, SHADE);
        follows(wall, SHADE);
        follows(member, SHADE);
        says(chair, "Beschlussfähig");
        move(chair, "Bewilligen", "", "Für Schatten am Spielplatz werden 800 Euro bewilligt.");
        follows(wall, "werden 800 Euro bewilligt");
        seen(chair, "motion");
        member.context().setOffline(true);
        vote(chair, "Offene Abstimmung auf Geräten");
        follows(wall, "0 von 4 haben abgestimmt");
        tells(member, "Wir versuchen es weiter");
        assertThat(button(member, "Ja")).hasCount(0);
        member.context().setOffline(false);
        assertThat(button(member, "Ja")).isVisible();
        seen(member, "vote");
        member.context().setOffline(true);
        press(member, "Ja");
        tells(member, "Das ist noch nicht angekommen.");
        seen(member, "offline");
        member.context().setOffline(false);
        press(member, "Ja");
        says(member, "Ihre Stimme: Ja");
        follows(wall, "1 von 4 haben abgestimmt");
        assertThat(town.ask("select count(*) from council_choices")).isEqualTo("1");
        press(chair, "Ergebnis feststellen");
        follows(wall, "Bewilligt");
        seen(wall, "wall");

        for (int seat = 5; seat <= 9; seat++) {
            comes(chair, "Demo-Beiratsmitglied Ost " + seat);
        }
        call(chair, BENCHES);
        says(chair, "Bitte fragen Sie nach Befangenheit.");
        follows(member, BENCHES);
        member.getByText("Ich bin bei diesem Punkt befangen").click();
        member.getByLabel("Grund").selectOption("function");
        press(member, "Befangenheit festhalten");
        says(member, "Sie sind bei diesem Punkt befangen und stimmen nicht mit ab.");
        seen(member, "biased");
        follows(wall, "Ein Mitglied nimmt an diesem Punkt nicht teil.");
        assertThat(wall.locator("main")).not().containsText("Demo-Beiratsmitglied");
        chair.reload();
        move(chair, "Teilweise bewilligen", "900", "Für Bänke werden 900 Euro bewilligt.");
        vote(chair, "Namentliche Abstimmung auf Geräten");
        follows(wall, "0 von 8 haben abgestimmt");
        assertThat(button(member, "Ja")).hasCount(0);
        for (int seat = 2; seat <= 7; seat++) {
            byHand(chair, "Demo-Beiratsmitglied Ost " + seat, seat <= 5 ? "Ja" : "Nein");
        }
        seen(chair, "by-hand");
        press(chair, "Ergebnis feststellen");
        follows(wall, "Teilweise bewilligt");

        call(chair, idea);
        move(chair, "Teilweise bewilligen", "250", "Für diese Idee werden 250 Euro bewilligt.");
        vote(chair, "Handzeichen");
        field(chair, "Ja").fill("4");
        field(chair, "Nein").fill("4");
        field(chair, "Enthaltung").fill("1");
        seen(chair, "count");
        press(chair, "Ergebnis feststellen");
        follows(wall, "Bei Gleichstand ist es abgelehnt.");
        seen(wall, "tie");
        chair.getByLabel("Begründung").first().fill("Bei Gleichstand ist der Vorschlag abgelehnt.");
        press(chair, "Ablehnung festhalten");
        follows(wall, "Nicht bewilligt");

        call(chair, TREE);
        move(chair, "Zustimmen", "", "Der Baum am Spielplatz wird in dieser Woche gefällt.");
        vote(chair, "Handzeichen");
        field(chair, "Ja").fill("9");
        field(chair, "Nein").fill("0");
        field(chair, "Enthaltung").fill("0");
        press(chair, "Ergebnis feststellen");
        says(chair, "Alle Punkte sind behandelt.");
        press(chair, "Sitzung schließen");
        follows(wall, "geschlossen");
        seen(wall, "closed");
        shade = wall.locator("li")
                .filter(new Locator.FilterOptions().setHasText(SHADE))
                .getByRole(AriaRole.LINK)
                .getAttribute("href");
        assertThat(followed).as("every page follows").allMatch(each -> each.compareTo(MOMENT.multipliedBy(8)) < 0);
        assertThat(followed.stream().sorted().toList().get(followed.size() / 2))
                .as("as a rule within a second: " + followed)
                .isLessThan(MOMENT);
    }

    private void three_people_sign_the_minutes_and_everybody_can_read_them() throws Exception {
        day(evening(3).plusDays(2));
        desk(Town.administrator(), page -> {
            page.navigate(second);
            page.getByRole(AriaRole.LINK, named("Zur Niederschrift")).click();
            says(page, "hat an Beratung und Abstimmung nicht teilgenommen (§ 20 SächsGemO).");
            page.getByLabel(Pattern.compile("^Ergänzung ?, Sitzung"))
                    .fill("Es waren 14 Gäste da. Fragen aus dem Quartier gab es zu den Bänken.");
            press(page, "Entwurf speichern");
            says(page, "Die Fassung ist gespeichert.");
            seen(page, "minutes");
            press(page, "Als Schriftführung unterschreiben");
            says(page, "Ihre Unterschrift ist festgehalten.");
        });
        desk(Town.chair("ost"), page -> {
            page.navigate(second + "/minutes");
            press(page, "Als Vorsitz unterschreiben");
            says(page, "Ihre Unterschrift ist festgehalten.");
        });
        phone("", page -> {
            page.navigate(second + "/minutes");
            says(page, "noch nicht unterschrieben");
        });
        phone(Town.councillor("ost", 2), page -> {
            page.navigate(second + "/minutes");
            press(page, "Als Mitglied unterschreiben");
            says(page, "Ihre Unterschrift ist festgehalten.");
            seen(page, "signed");
        });
        phone("", page -> {
            page.navigate(second + "/minutes");
            says(page, "Ein Mitglied hat an Beratung und Abstimmung nicht teilgenommen");
            says(page, "Es waren 14 Gäste da.");
            says(page, "zweite Sitzung in derselben Sache");
            says(page, "Nachtrag vom");
            assertThat(page.locator("main")).not().containsText("Demo-Beiratsmitglied Ost 1 hat an");
            var pdf = page.context()
                    .request()
                    .get(page.getByRole(AriaRole.LINK, named("Niederschrift als PDF"))
                            .getAttribute("href"))
                    .body();
            keep(pdf);
        });
    }

    private void the_mayor_objects_and_takes_it_back() {
        desk(Town.officer(), page -> {
            page.navigate(shade);
            page.locator("summary")
                    .filter(new Locator.FilterOptions().setHasText("Widerspruch einlegen"))
                    .click();
            field(page, "Begründung").fill("Der Zuschuss muss noch einmal geprüft werden.");
            button(page, "Widerspruch einlegen").click();
            says(page, "Widerspruch des Oberbürgermeisters");
            seen(page, "objection");
            file(page, SHADE);
            says(page, "Ruht wegen eines Widerspruchs");
            assertThat(button(page, "Bescheid erlassen")).hasCount(0);
            page.navigate(shade);
            choose(page, "Widerspruch zurücknehmen");
            field(page, "Begründung").fill("Die Prüfung ergab keinen Einwand.");
            press(page, "Festhalten");
            says(page, "Widerspruch zurückgenommen");
        });
    }

    private void the_resident_gets_the_money_proves_its_use_and_returns_the_rest() {
        desk(Town.officer(), page -> {
            for (var title : List.of(BENCHES, SHADE)) {
                file(page, title);
                seen(page, "notice");
                press(page, "Bescheid erlassen");
                says(page, "Der Bescheid ist erstellt");
            }
            choose(page, "Persönlich übergeben");
            press(page, "Festhalten");
            says(page, "Der Bescheid ist bekannt gegeben");
        });
        phone(Town.resident(3), page -> {
            page.navigate("/grants");
            page.getByRole(AriaRole.LINK, named(SHADE)).click();
            seen(page, "served");
            press(page, "Auf Widerspruch verzichten");
            field(page, "Wem gehört das Konto?").fill("Demo-Einwohnerin Ost");
            field(page, "IBAN").fill("DE00 1234");
            press(page, "Konto speichern");
            says(page, "Diese IBAN stimmt nicht.");
            field(page, "IBAN").fill(IBAN);
            press(page, "Konto speichern");
            field(page, "Betrag in Euro").fill("800");
            press(page, "Auszahlung anfordern");
            says(page, "Eine Auszahlung wird geprüft");
        });
        desk(Town.officer(), page -> {
            file(page, SHADE);
            press(page, "Freigeben");
            seen(page, "released-once");
        });
        desk(Town.secondOfficer(), page -> {
            file(page, SHADE);
            press(page, "Freigeben");
            says(page, "Ausgezahlt, der Nachweis steht aus");
        });
        day(LocalDate.of(YEAR, 11, 2));
        phone(Town.resident(3), page -> {
            page.navigate("/grants");
            page.getByRole(AriaRole.LINK, named(SHADE)).click();
            page.getByRole(AriaRole.LINK, named("Nachweis schreiben")).click();
            field(page, "Davon aus der Förderung gebraucht").fill("700");
            field(page, "Was ist aus dem Projekt geworden?")
                    .fill("Drei Bänke stehen im Schatten; 40 Menschen bauten mit.");
            seen(page, "proof");
            press(page, "Nachweis absenden");
            says(page, "Der Nachweis wird geprüft");
        });
        desk(Town.officer(), page -> {
            file(page, SHADE);
            press(page, "Annehmen");
            says(page, "Rückzahlung von 100 €");
            field(page, "Eingegangen am").fill(LocalDate.now(clock).toString());
            press(page, "Verbuchen");
            says(page, "Abgeschlossen");
            seen(page, "settled");
        });
    }

    private void in_summer_the_new_rules_hold_and_in_spring_the_old_ones_did() {
        day(evening(6).minusDays(10));
        desk(Town.chair("ost"), page -> {
            page.navigate(SESSIONS + "?year=" + YEAR);
            third = open(page, evening(6));
            field(page, "Titel des Punktes").fill("Bericht aus dem Quartier");
            press(page, "Aufnehmen");
            press(page, "Jetzt einladen");
            says(page, "Die Mitglieder sind eingeladen.");
        });
        evening(6, LocalTime.of(18, 0));
        desk(Town.chair("ost"), page -> {
            page.navigate(third + "/room");
            press(page, "Sitzung eröffnen");
            call(page, "Bericht aus dem Quartier");
            IntStream.rangeClosed(1, 7).forEach(seat -> comes(page, "Demo-Beiratsmitglied Ost " + seat));
            says(page, "Nicht beschlussfähig");
            comes(page, "Demo-Beiratsmitglied Ost 8");
            says(page, "Das Gremium kann beschließen.");
            seen(page, "new-rules");
            page.getByText("Punkt ohne Beschluss beenden").click();
            press(page, "Behandelt");
            press(page, "Sitzung schließen");
            says(page, "geschlossen");
            page.navigate(second + "/minutes");
            says(page, "11 Stimmen, davon mindestens 1/2, also 6.");
            page.getByLabel("Wie hat das Gremium zugestimmt?").selectOption(new SelectOption().setIndex(1));
            press(page, "Festhalten");
            says(page, "Genehmigt in der Sitzung am");
            page.navigate(third + "/minutes");
            says(page, "11 Stimmen, davon mindestens 2/3, also 8.");
        });
    }

    private void at_the_end_of_the_year_what_nobody_fetched_falls_back() {
        day(LocalDate.of(YEAR + 1, 1, 4));
        desk(Town.officer(), page -> {
            page.navigate("/grants/desk?year=" + YEAR);
            says(page, BENCHES);
            seen(page, "lapsing");
            press(page, "Zurückbuchen");
            says(page, "Eine Förderung zurückgebucht.");
        });
    }

    private void every_cent_is_where_it_is_said_to_be() {
        desk("", page -> {
            page.navigate("/insights/money?year=" + YEAR + "&body=sbb-ost");
            page.locator(".money-more > summary").all().forEach(summary -> summary.press("Enter"));
            seen(page, "money");
            stands(page, "Frei", "54.300 €");
            stands(page, "Vorgemerkt", "0 €");
            stands(page, "Bewilligt", "0 €");
            stands(page, "Ausgezahlt", "700 €");
            stands(page, "Das ganze Budget", "55.000 €");
            assertThat(page.getByRole(AriaRole.ROW, named("Neustadt-Neuschönefeld Ost")))
                    .containsText("700 €");
        });
        assertThat(town.ask("select string_agg(account || ' ' || balance_cents, ', ' order by account) from"
                        + " budget_accounts a join budgets b on b.id = a.budget_id where b.body_key = 'sbb-ost'"
                        + " and b.year = "
                        + YEAR))
                .isEqualTo("appropriation -5500000, available 5430000, granted 0, paid 70000, reserved 0");
    }

    /** By the standard for PDFs that everybody can read, and with what the council decided. */
    private static void keep(byte[] pdf) {
        try {
            PdfUa.keeps(pdf);
            if (PICTURES) {
                Files.write(Path.of("target/screens/year-minutes.pdf"), pdf);
            }
            try (var document = Loader.loadPDF(pdf)) {
                assertThat(new PDFTextStripper().getText(document))
                        .contains("Niederschrift", "teilweise bewilligt, 900", "Bei Gleichstand");
            }
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The file of a grant, from the desk of the office. */
    private static void file(Page page, String title) {
        page.navigate("/grants/desk?year=" + YEAR);
        page.getByRole(AriaRole.LINK, named(title)).click();
    }

    private static String open(Page page, LocalDate day) {
        page.getByRole(AriaRole.LINK, named(String.valueOf(day.getDayOfMonth())))
                .filter(new Locator.FilterOptions().setHas(page.locator("time[datetime^='" + day + "']")))
                .click();
        return page.url().replaceFirst("^https?://[^/]+", "").replaceFirst("[?#].*", "");
    }

    private static void put(Page page, String matter) {
        var list = page.getByLabel("Eine Idee oder ein Antrag");
        if (!list.isVisible()) {
            page.getByText("Punkt aufnehmen").click();
        }
        list.selectOption(new SelectOption().setLabel(matter));
        press(page, "Aufnehmen");
        says(page, "Der Punkt steht auf der Tagesordnung.");
    }

    private static void comes(Page chair, String name) {
        var row = chair.locator(".room__members li")
                .filter(new Locator.FilterOptions()
                        .setHas(chair.getByText(name, new Page.GetByTextOptions().setExact(true))));
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ist da"))
                .click();
        assertThat(row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Geht")))
                .isVisible();
    }

    private static void call(Page chair, String title) {
        button(chair, Pattern.compile(plain(title) + " aufrufen$")).first().click();
        assertThat(chair.locator("#now")).containsText(title);
    }

    private static void move(Page chair, String kind, String amount, String wording) {
        chair.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName(kind).setExact(true))
                .check();
        if (!amount.isEmpty()) {
            field(chair, "Bewilligter Betrag").fill(amount);
        }
        field(chair, "Wortlaut").fill(wording);
        chair.getByLabel("Begründung").first().fill("Viele Menschen im Quartier haben es sich gewünscht.");
        press(chair, "Vorschlag zeigen");
        says(chair, wording);
    }

    private static void vote(Page chair, String mode) {
        choose(chair, mode);
        press(chair, "Abstimmung eröffnen");
        says(chair, "Abstimmung läuft");
    }

    private static void byHand(Page chair, String name, String choice) {
        var list = chair.locator("details").filter(new Locator.FilterOptions().setHasText("Stimme von Hand eintragen"));
        if (list.getAttribute("open") == null) {
            list.locator("summary").click();
        }
        list.locator("form")
                .filter(new Locator.FilterOptions()
                        .setHas(chair.getByText(name, new Page.GetByTextOptions().setExact(true))))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(choice))
                .click();
    }

    /** What was done on another device shows here without a touch; how long it took is kept. */
    private void follows(Page page, String words) {
        long before = System.nanoTime();
        assertThat(page.locator("main").first()).containsText(words, new ContainsTextOptions().setTimeout(10_000));
        followed.add(Duration.ofNanos(System.nanoTime() - before));
    }

    /** A row of the table of where the money is. */
    private static void stands(Page page, String station, String amount) {
        assertThat(page.locator(".money-stations")
                        .getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions()
                                .setHas(page.getByRole(
                                        AriaRole.ROWHEADER,
                                        new Page.GetByRoleOptions()
                                                .setName(station)
                                                .setExact(true)))))
                .containsText(amount);
    }

    private static void tells(Page page, String words) {
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(words)))
                .isVisible();
    }

    private static void says(Page page, String words) {
        assertThat(page.locator("main").first()).containsText(words);
    }

    /** With the key: a click would land beside a button that moves while a busy machine lays out the page. */
    private static void press(Page page, String name) {
        button(page, name).first().press("Enter");
    }

    private static void press(Page page, Pattern name) {
        button(page, name).first().press("Enter");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, Pattern name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(Pattern.compile("^" + plain(label) + "( .*)?$")).first();
    }

    /** Words as a pattern that the browser understands. */
    private static String plain(String words) {
        return words.replaceAll("[?().*+]", "\\\\$0");
    }

    private static Locator group(Page page, String legend) {
        return page.getByRole(AriaRole.GROUP, named(legend));
    }

    private static void choose(Page page, String label) {
        page.getByLabel(label).first().check();
    }

    private void phone(String person, Consumer<Page> deeds) {
        with(390, 844, person, deeds);
    }

    private void desk(String person, Consumer<Page> deeds) {
        with(1440, 900, person, deeds);
    }

    private void with(int width, int height, String person, Consumer<Page> deeds) {
        var page = chromium.open(width, height, ColorScheme.LIGHT, true, person);
        try {
            deeds.accept(page);
        } catch (PlaywrightException | AssertionError failed) {
            Chromium.shot(page, "year-failed");
            throw failed;
        }
        page.context().close();
    }

    /** Fits a phone; with -Dpictures=true, pictures of it on three screens. */
    private static void seen(Page page, String name) {
        var before = page.viewportSize();
        for (int width : PICTURES ? List.of(390, 820, 1440) : List.of(390)) {
            page.setViewportSize(width, width == 390 ? 844 : 900);
            Chromium.fits(page);
            if (PICTURES) {
                Chromium.shot(page, "year-" + name + "-" + width);
            }
        }
        page.setViewportSize(before.width, before.height);
    }

    private void day(LocalDate day) {
        clock.set(day.atTime(10, 0).atZone(Time.ZONE).toInstant());
    }

    private void evening(int month, LocalTime at) {
        clock.set(evening(month).atTime(at).atZone(Time.ZONE).toInstant());
    }

    /** A Tuesday in the middle of a month, on which this body meets in no month otherwise. */
    private static LocalDate evening(int month) {
        return LocalDate.of(YEAR, month, 9).with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    }
}
