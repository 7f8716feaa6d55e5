package motette.residence;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import motette.Waiting;

/** People who show where they live, and what they type. Every number is another person at another address. */
final class Residents {

    private final Waiting waiting;

    Residents(Waiting waiting) {
        this.waiting = waiting;
    }

    long id(String demoKey) {
        return Long.parseLong(waiting.ask("select id from persons where demo_key = '" + demoKey + "'"));
    }

    /** Nobody has shown anything yet. */
    void forgetAll() {
        for (var table : new String[] {
            "residence_tries",
            "residence_desk_codes",
            "residence_letters",
            "residence_cases",
            "residence_keys",
            "residence_twins",
            "residence_proofs",
            "residence_batches",
            "register_extracts"
        }) {
            waiting.change("delete from " + table);
        }
    }

    static Map<String, String> form(int number) {
        var form = new HashMap<String, String>();
        form.put("given", "Test" + (char) ('a' + number % 26) + (char) ('a' + number / 26));
        form.put("family", "Person");
        form.put("born", "7.3.1980");
        form.put("street", "Prüfstraße " + (number + 1));
        form.put("postcode", "04315");
        form.put("quarter", "21");
        return form;
    }

    static Map<String, String> form(int number, String field, String value) {
        var form = form(number);
        form.put(field, value);
        return form;
    }

    static VerifiedPerson verified(int number) {
        var form = form(number);
        return new VerifiedPerson(
                form.getOrDefault("given", ""),
                "Person",
                LocalDate.of(1980, 3, 7),
                form.getOrDefault("street", ""),
                "04315",
                "21",
                Assurance.SUBSTANTIAL);
    }
}
