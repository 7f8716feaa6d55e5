package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.List;
import motette.people.FormTokens;
import motette.people.SentForm;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** The page that asks for a second factor, on its own or in the way of a deed whose form it carries. */
@Singleton
public class Confirming {

    /** Begins the names of the page's own fields, so that they and those of the carried form stay apart. */
    private static final String OWN = "confirm-";

    static final String CODE = OWN + "code";
    static final String RECOVERY = OWN + "recovery";
    static final String CREDENTIAL = OWN + "credential";
    static final String NEXT = OWN + "next";
    static final String AGAIN = OWN + "again";

    private final Factors factors;

    Confirming(Factors factors) {
        this.factors = factors;
    }

    /**
     * What a browser sent to the page.
     *
     * @param next  where to go afterwards
     * @param again where the carried form goes afterwards; empty when there is none
     */
    record Asked(String next, String again, List<SentForm.Field> carried) {

        static Asked to(String next) {
            return new Asked(SignIns.safe(next), "", List.of());
        }

        static Asked of(HttpRequest<?> request) {
            var form = SentForm.of(request);
            var again = form.value(AGAIN);
            return new Asked(
                    SignIns.safe(form.value(NEXT)),
                    again.isEmpty() ? "" : SignIns.safe(again),
                    Confirming.carried(form));
        }
    }

    /** The page in place of what was refused; once confirmed, the same form is sent again. */
    public View insteadOf(HttpRequest<?> request) {
        var path = request.getUri().toString();
        return page(
                request.getUserPrincipal(Authentication.class).map(Visitor::of).orElse(Visitor.GUEST),
                request.getMethodName().equals("POST")
                        ? new Asked("/", SignIns.safe(path), carried(SentForm.of(request)))
                        : Asked.to(path),
                Problems.none());
    }

    View page(Visitor visitor, Asked asked, Problems problems) {
        return View.of("signin/confirm", ConfirmPage.of(factors.of(visitor.personId()), asked, problems));
    }

    private static List<SentForm.Field> carried(SentForm form) {
        return form.fields().stream()
                .filter(field -> !field.name().startsWith(OWN) && !field.name().equals(FormTokens.FIELD))
                .toList();
    }
}
