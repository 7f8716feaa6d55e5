package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Anna              | Müller         | Anna Maria     | MUELLER
        Hans-Peter        | Weiß           | Hans Peter     | Weiss
        Dr. Eva           | von der Heide  | eva            | Von Der-Heide
        Łukasz            | Dąbrowski      | lukasz         | Dabrowski
        Ayşe              | Yıldız         | ayse           | Yildiz
        """)
    void these_are_one_name(String given, String family, String otherGiven, String otherFamily) {
        assertThat(Folded.name(given, family)).isEqualTo(Folded.name(otherGiven, otherFamily));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Anna   | Müller  | Anne  | Müller
        Anna   | Müller  | Anna  | Muller
        Anna   | Müller  | Anna  | Möller
        An     | Namil   | Anna  | Mil
        """)
    void these_are_two_names(String given, String family, String otherGiven, String otherFamily) {
        assertThat(Folded.name(given, family)).isNotEqualTo(Folded.name(otherGiven, otherFamily));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Eisenbahnstraße 12 A    | eisenbahnstr. 12a
        Karl-Heine-Str. 5       | Karl Heine Strasse 5
        Straße des 18. Oktober 3| Strasse des 18 Oktober 3
        """)
    void these_are_one_street(String one, String other) {
        assertThat(Folded.street(one)).isEqualTo(Folded.street(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Eisenbahnstraße 12    | Eisenbahnstraße 12a
        Eisenbahnstraße 1     | Eisenbahnstraße 11
        Südstraße 1           | Suedplatz 1
        """)
    void these_are_two_streets(String one, String other) {
        assertThat(Folded.street(one)).isNotEqualTo(Folded.street(other));
    }
}
