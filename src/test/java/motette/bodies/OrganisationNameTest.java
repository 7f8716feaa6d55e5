package motette.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Demo-Turnverein e. V. | Demo-Turnverein e.V.",
                "Demo-Turnverein e. V. | demo-turnverein",
                "DEMO-TURNVEREIN E.V. | Demo Turnverein eV",
                "Förderkreis Grün e.V. | Foerderkreis Gruen e. V.",
                "Förderkreis Grün | Forderkreis Grun",
                "„Straße der Kinder“ gGmbH | Strasse der Kinder",
                "Straße der Kinder gemeinnützige GmbH | Straße der Kinder gGmbH",
                "Werkstatt & Garten GmbH & Co. KG | Werkstatt und Garten",
                "Haus am Platz gUG (haftungsbeschränkt) | Haus am Platz",
                "Wohnen  eG | Wohnen e.G.",
                "Nachbarschaftsverein Ost, eingetragener Verein | Nachbarschaftsverein Ost",
                "Turn-Verein Ost | Turnverein Ost",
                "Verein in Gründung i. G. | Verein in Gründung"
            })
    void the_same_organisation_in_another_spelling_is_found(String one, String other) {
        assertThat(OrganisationName.same(one, other)).isTrue();
        assertThat(OrganisationName.same(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Turnverein Ost e. V. | Turnverein West e. V.",
                "Garten e. V. | Gartenfreunde e. V.",
                "'' | ''",
                "e. V. | gGmbH",
                "Verein 1 | Verein 11",
                "!!! | ???"
            })
    void another_organisation_is_none(String one, String other) {
        assertThat(OrganisationName.same(one, other)).isFalse();
    }
}
