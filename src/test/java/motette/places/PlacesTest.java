package motette.places;

import static motette.places.Pack.PLACES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    @Test
    void quarters_stand_by_district_then_by_name() {
        assertThat(PLACES.quarters())
                .isSortedAccordingTo(Comparator.comparing(Quarter::districtKey).thenComparing(Quarter::name));
        assertThat(PLACES.quarter("70")).hasValueSatisfying(quarter -> {
            assertThat(quarter.name()).isEqualTo("Lindenau");
            assertThat(quarter.districtSlug()).isEqualTo("alt-west");
        });
        assertThat(PLACES.quarter("no such key")).isEmpty();
    }

    @Test
    void a_district_is_found_by_the_word_in_its_address() {
        assertThat(PLACES.districts())
                .hasSize(10)
                .allSatisfy(district ->
                        assertThat(PLACES.districtBySlug(district.slug())).contains(district));
        assertThat(PLACES.districtBySlug("nowhere")).isEmpty();
    }

    @Test
    void communities_know_whether_they_share_their_quarter() {
        assertThat(PLACES.communitiesOf("75"))
                .extracting(Community::name)
                .containsExactly("Burghausen", "Rückmarsdorf");
        assertThat(PLACES.communitiesOf("75")).allMatch(Community::shared);
        assertThat(PLACES.communitiesOf("27")).extracting(Community::key).containsExactly("engelsdorf");
        assertThat(PLACES.communitiesOf("00")).isEmpty();
        assertThat(PLACES.hasRemainder("15")).isTrue();
        assertThat(PLACES.hasRemainder("75")).isFalse();
        assertThat(PLACES.community("engelsdorf")).contains(new Community("engelsdorf", "Engelsdorf", false));
        assertThat(PLACES.community("nowhere")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Karl Heine Str          | Karl-Heine-Straße
        karl-heine-strasse      | Karl-Heine-Straße
        karlheinestr.           | Karl-Heine-Straße
        Karl-Heine-Straße 30    | Karl-Heine-Straße
        Kal Heine Straße        | Karl-Heine-Straße
        Clara-Zetkin            | Clara-Zetkin-Park
        clara zetkinpark        | Clara-Zetkin-Park
        zetkin park             | Clara-Zetkin-Park
        Klara Zektin            | Clara-Zetkin-Park
        gruenau mite            | Grünau-Mitte
        grunau-nord             | Grünau-Nord
        GRÜNAU OST              | Grünau-Ost
        Plagwiz                 | Plagwitz
        lindenauer makrt        | Lindenauer Markt
        Mrakt                   | Markt
        voelkerschlachtdenkmal  | Völkerschlachtdenkmal
        Völkerschlacht Denkmal  | Völkerschlachtdenkmal
        cospuden                | Cospudener See, Pavillon
        Lindenau                | Lindenau
        Rathaus Warhen          | Rathaus Wahren
        Zoo Leipzig             | Zoo Leipzig
        Eisenbahnstr 12 Leipzig | Eisenbahnstraße
        rabet neustadt          | Stadtteilpark Rabet\
        """)
    void a_place_is_found_first_by_a_name_as_people_type_it(String typed, String found) {
        assertThat(PLACES.search(typed, 10))
                .as(typed)
                .first()
                .extracting(Landmark::name)
                .isEqualTo(found);
    }

    @Test
    void a_name_that_many_share_brings_all_of_them_those_that_begin_with_it_first() {
        var found = PLACES.search("Grünau", 10);
        assertThat(found)
                .hasSizeGreaterThan(5)
                .first()
                .extracting(Landmark::kind)
                .isEqualTo("quarter");
        assertThat(found.subList(0, 5)).extracting(Landmark::name).allMatch(name -> name.startsWith("Grünau"));
        assertThat(PLACES.search("gruenau", 10)).isEqualTo(found);
        assertThat(PLACES.search("Grünau", 2)).isEqualTo(found.subList(0, 2));
    }

    @Test
    void every_place_is_found_by_its_own_name() {
        for (var item : Pack.items("landmarks.json")) {
            var name = PackFile.text(item, "name");
            assertThat(PLACES.search(name, 3))
                    .as(name)
                    .extracting(Landmark::name)
                    .contains(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "---", "???", "Leipzig 12", "xqzw", "Reeperbahn Hamburg", "\u0000", "\uD800"})
    void nothing_is_found_where_nothing_fits(String typed) {
        assertThat(PLACES.search(typed, 10).stream()
                        .filter(landmark -> !landmark.name().contains("Leipzig")))
                .isEmpty();
    }

    @Test
    void a_question_without_end_has_an_end() {
        assertThat(PLACES.search("a ".repeat(100_000), 10)).hasSizeLessThanOrEqualTo(10);
        assertThat(PLACES.search("Lindenau", 0)).isEmpty();
        assertThat(PLACES.search("Lindenau", -1)).isEmpty();
    }
}
