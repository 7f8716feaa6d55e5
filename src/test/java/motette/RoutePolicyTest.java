package motette;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.security.annotation.Secured;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** Who may call what: every address of the portal with its policy, to be read and checked by a person. */
@MicronautTest(transactional = false)
class RoutePolicyTest extends PortalTest {

    /**
     * Everybody: reading, and handing in an idea as a guest. Signed in: whatever is done in somebody's name. Who may
     * do it <em>today</em> is asked of the running roles inside the deed.
     */
    private static final String TABLE = """
        GET  /                                                                      everybody
        GET  /.well-known/change-password                                           everybody
        GET  /.well-known/security.txt                                              everybody
        GET  /about                                                                 everybody
        GET  /accessibility                                                         everybody
        POST /accessibility/reports/{id}/answer                                     signed in
        GET  /accessibility/reports                                                 signed in
        POST /accessibility/reports                                                 everybody
        GET  /allocation/how                                                        everybody
        GET  /allocation/{body}/{year}/runs/{id}.json                               signed in
        GET  /allocation/{body}/{year}/runs/{id}.pb                                 signed in
        GET  /allocation/{body}/{year}/runs                                         signed in
        POST /allocation/{body}/{year}/runs                                         signed in
        GET  /allocation/{body}/{year}                                              signed in
        GET  /api/v1/budgets                                                        everybody
        GET  /api/v1/districts                                                      everybody
        GET  /api/v1/ideas.geojson                                                  everybody
        GET  /api/v1/ideas/{number}                                                 everybody
        GET  /api/v1/ideas                                                          everybody
        GET  /api/v1/money                                                          everybody
        GET  /api/v1/openapi.yml                                                    everybody
        GET  /api/v1/votes                                                          everybody
        GET  /apple-touch-icon.png                                                  everybody
        POST /applications/{number}/checks/{item}/withdrawal                        signed in
        POST /applications/{number}/checks                                          signed in
        POST /applications/{number}/discard                                         signed in
        GET  /applications/{number}/documents/{document}                            signed in
        POST /applications/{number}/documents                                       signed in
        GET  /applications/{number}/receipt                                         signed in
        POST /applications/{number}/submission                                      signed in
        POST /applications/{number}/sums                                            signed in
        GET  /applications/{number}/{step}                                          signed in
        POST /applications/{number}/{step}                                          signed in
        POST /applications/{number}/withdrawal                                      signed in
        GET  /applications/{number}                                                 signed in
        GET  /applications/desk                                                     signed in
        GET  /applications/new                                                      signed in
        GET  /applications                                                          everybody
        POST /applications                                                          signed in
        GET  /grants/desk                                                           signed in
        GET  /grants/books.csv                                                      signed in
        POST /grants/lapses                                                         signed in
        GET  /grants/{resolution}/file                                              signed in
        GET  /grants/{resolution}/notice.pdf                                        signed in
        GET  /grants/{resolution}/proof                                             signed in
        POST /grants/{resolution}/proof                                             signed in
        POST /grants/{resolution}/sums                                              signed in
        POST /grants/{resolution}/photos                                            signed in
        GET  /grants/{resolution}/photos/{photo}                                    signed in
        GET  /grants/{resolution}/changes/{version}                                 signed in
        POST /grants/{resolution}/{deed}                                            signed in
        GET  /grants/{resolution}                                                   everybody
        GET  /grants                                                                signed in
        GET  /assets/test/all.css                                                   everybody
        GET  /audit/blocks                                                          everybody
        GET  /audit/export.ndjson                                                   everybody
        POST /audit/full.ndjson                                                     signed in
        GET  /audit                                                                 everybody
        GET  /bodies/functions                                                      signed in
        POST /bodies/functions                                                      signed in
        POST /bodies/functions/{id}/concealment                                     signed in
        POST /bodies/functions/{id}/ending                                          signed in
        POST /bodies/functions/{id}/publication                                     signed in
        POST /bodies/functions/{id}/removal                                         signed in
        GET  /bodies/{body}/administration                                          signed in
        GET  /bodies/{body}/functions                                               signed in
        POST /bodies/{body}/meeting-places                                          signed in
        POST /bodies/{body}/seat-labels                                             signed in
        POST /bodies/{body}/rules                                                   signed in
        POST /bodies/{body}/seats                                                   signed in
        POST /bodies/{body}/terms                                                   signed in
        GET  /bodies/{body}                                                         everybody
        GET  /bodies                                                                everybody
        GET  /budgets/{fund}/{body}/{year}.csv                                      everybody
        GET  /budgets/{fund}/{body}/{year}                                          everybody
        GET  /budgets                                                               everybody
        GET  /council/{body}/{year}/ideas/{number}/resolution                       signed in
        POST /council/{body}/{year}/ideas/{number}/resolution                       signed in
        GET  /council/{body}/circulations                                           everybody
        POST /council/{body}/circulations                                           signed in
        GET  /council/{body}/circulations/{id}                                      everybody
        POST /council/{body}/circulations/{id}/answer                               signed in
        POST /council/{body}/circulations/{id}/end                                  signed in
        GET  /council/{body}/resolutions/{id}                                       everybody
        POST /council/{body}/resolutions/{id}/objection                             signed in
        POST /council/{body}/resolutions/{id}/objection/end                         signed in
        GET  /council/sessions                                                      everybody
        GET  /council/sessions.ics                                                  everybody
        GET  /council/{body}/sessions                                               everybody
        POST /council/{body}/sessions                                               signed in
        GET  /council/{body}/sessions.ics                                           everybody
        GET  /council/{body}/sessions/{id}                                          everybody
        POST /council/{body}/sessions/{id}/absence                                  signed in
        POST /council/{body}/sessions/{id}/absence/withdrawal                       signed in
        POST /council/{body}/sessions/{id}/agenda                                   signed in
        GET  /council/{body}/sessions/{id}/agenda/{item}/number                     signed in
        POST /council/{body}/sessions/{id}/agenda/{item}/number                     signed in
        POST /council/{body}/sessions/{id}/agenda/order                             signed in
        POST /council/{body}/sessions/{id}/agenda/{item}/order                      signed in
        GET  /council/{body}/sessions/{id}/agenda/{item}/papers                     signed in
        POST /council/{body}/sessions/{id}/agenda/{item}/papers                     signed in
        POST /council/{body}/sessions/{id}/agenda/{item}/removal                    signed in
        GET  /council/{body}/sessions/{id}/papers/{paper}                           everybody
        POST /council/{body}/sessions/{id}/papers/{paper}/removal                   signed in
        POST /council/{body}/sessions/{id}/invitation                               signed in
        GET  /council/{body}/sessions/{id}/minutes                                  everybody
        GET  /council/{body}/sessions/{id}/minutes/file.pdf                         everybody
        POST /council/{body}/sessions/{id}/minutes/versions                         signed in
        POST /council/{body}/sessions/{id}/minutes/signatures                       signed in
        POST /council/{body}/sessions/{id}/minutes/approval                         signed in
        POST /council/{body}/sessions/{id}/minutes/corrections                      signed in
        POST /council/{body}/sessions/{id}/times                                    signed in
        POST /council/{body}/sessions/{id}/cancellation                             signed in
        GET  /council/{body}/sessions/{id}/live                                     everybody
        GET  /council/{body}/sessions/{id}/live/events                              everybody
        GET  /council/{body}/sessions/{id}/room                                     signed in
        POST /council/{body}/sessions/{id}/room/attendance                          signed in
        POST /council/{body}/sessions/{id}/room/closing                             signed in
        POST /council/{body}/sessions/{id}/room/items/{item}/biases                 signed in
        POST /council/{body}/sessions/{id}/room/items/{item}/motions                signed in
        POST /council/{body}/sessions/{id}/room/items/{item}/rejection              signed in
        POST /council/{body}/sessions/{id}/room/items/{item}/treatment              signed in
        POST /council/{body}/sessions/{id}/room/items/{item}/votes                  signed in
        POST /council/{body}/sessions/{id}/room/votes/{vote}/choices                signed in
        POST /council/{body}/sessions/{id}/room/votes/{vote}/result                 signed in
        POST /council/{body}/sessions/{id}/room/opening                             signed in
        GET  /council/{body}/sessions/{id}/seat                                     signed in
        GET  /council/{body}/sessions/{id}/selection                                signed in
        POST /council/{body}/sessions/{id}/selection                                signed in
        POST /council/{body}/sessions/{id}/selection/sums                           signed in
        POST /council/{body}/sessions/{id}/seat/items/{item}/bias                   signed in
        POST /council/{body}/sessions/{id}/seat/votes/{vote}/choice                 signed in
        GET  /council/{body}/{year}                                                 everybody
        GET  /council/{body}                                                        everybody
        GET  /council                                                               everybody
        GET  /demo/mailbox/{id}                                                     everybody
        GET  /demo/mailbox                                                          everybody
        GET  /districts/{slug}                                                      everybody
        GET  /districts                                                             everybody
        GET  /districts/{slug}/poster                                               everybody
        GET  /favicon.ico                                                           everybody
        POST /home/place/withdrawal                                                 everybody
        POST /home/place                                                            everybody
        GET  /icons/icon-192.png                                                    everybody
        GET  /icons/icon-512.png                                                    everybody
        GET  /icons/maskable-512.png                                                everybody
        GET  /ideas/confirmation/{token}                                            everybody
        POST /ideas/confirmation/{token}                                            everybody
        POST /ideas/lookup/claim                                                    signed in
        POST /ideas/lookup/revision                                                 everybody
        POST /ideas/lookup/withdrawal                                               everybody
        GET  /ideas/lookup                                                          everybody
        POST /ideas/lookup                                                          everybody
        GET  /ideas/markers                                                         everybody
        GET  /ideas/new/check                                                       everybody
        POST /ideas/new/discard                                                     everybody
        POST /ideas/new/draft                                                       everybody
        GET  /ideas/new/groups                                                      everybody
        POST /ideas/new/groups                                                      everybody
        POST /ideas/new/guest-submission                                            everybody
        GET  /ideas/new/place                                                       everybody
        POST /ideas/new/place                                                       everybody
        GET  /ideas/new/received                                                    everybody
        POST /ideas/new/revision/{number}                                           signed in
        GET  /ideas/new/similar                                                     everybody
        POST /ideas/new/submission                                                  signed in
        GET  /ideas/new/text                                                        everybody
        POST /ideas/new/text                                                        everybody
        GET  /ideas/new/topic                                                       everybody
        POST /ideas/new/topic                                                       everybody
        GET  /ideas/new                                                             everybody
        GET  /ideas/offline/sender                                                  everybody
        GET  /ideas/offline                                                         everybody
        POST /ideas/offline                                                         everybody
        GET  /ideas/{number}/poster                                                 everybody
        POST /ideas/{number}/support/withdrawal                                     signed in
        POST /ideas/{number}/support                                                signed in
        POST /ideas/{number}/translations/draft                                     signed in
        POST /ideas/{number}/translations/{id}/publication                          signed in
        POST /ideas/{number}/translations/{id}/withdrawal                           signed in
        GET  /ideas/{number}/translations                                           signed in
        POST /ideas/{number}/translations                                           signed in
        POST /ideas/{number}/withdrawal                                             signed in
        GET  /ideas/{number}                                                        everybody
        GET  /ideas                                                                 everybody
        GET  /imprint                                                               everybody
        GET  /insights/money.csv                                                    everybody
        GET  /insights/money/movements.csv                                          everybody
        GET  /insights/money                                                        everybody
        POST /limits/blocked/{id}/lifting                                           signed in
        GET  /limits/blocked                                                        signed in
        POST /limits/blocked                                                        signed in
        GET  /manifest.webmanifest                                                  everybody
        POST /me/authenticator/confirmation                                         signed in
        POST /me/authenticator/removal                                              signed in
        GET  /me/authenticator                                                      signed in
        POST /me/authenticator                                                      signed in
        POST /me/passkeys/options                                                   signed in
        POST /me/passkeys/{id}/label                                                signed in
        POST /me/passkeys/{id}/removal                                              signed in
        GET  /me/passkeys                                                           signed in
        POST /me/passkeys                                                           signed in
        GET  /me/recovery-codes                                                     signed in
        POST /me/recovery-codes                                                     signed in
        GET  /me/second-factor                                                      signed in
        GET  /me/data/download                                                      signed in
        GET  /me/data/erasure                                                       signed in
        POST /me/data/erasure                                                       signed in
        GET  /me/data                                                               signed in
        GET  /me/identities                                                         signed in
        POST /me/identities                                                         signed in
        GET  /me/identities/new                                                     signed in
        GET  /me/identities/roles                                                   signed in
        POST /me/identities/{id}/withdrawal                                         signed in
        POST /me/language                                                           signed in
        POST /me/place                                                              signed in
        POST /me/pseudonym                                                          signed in
        GET  /me                                                                    signed in
        POST /me/sign-ins/ending                                                    signed in
        POST /me/sign-ins/{id}/ending                                               signed in
        GET  /me/sign-ins                                                           signed in
        POST /moderation/decisions/{id}/reversal                                    signed in
        POST /moderation/ideas/{number}/closing/reversal                            signed in
        POST /moderation/ideas/{number}/closing                                     signed in
        POST /moderation/ideas/{number}/decline                                     signed in
        POST /moderation/ideas/{number}/place                                       signed in
        POST /moderation/ideas/{number}/publication                                 signed in
        POST /moderation/ideas/{number}/return                                      signed in
        GET  /moderation                                                            signed in
        GET  /offline                                                               everybody
        GET  /oparl/v1.1/system                                                     everybody
        GET  /oparl/v1.1/{kind}                                                     everybody
        GET  /oparl/v1.1/{kind}/{key}                                               everybody
        POST /people/delegations/{id}/ending                                        signed in
        GET  /people/delegations                                                    signed in
        POST /people/delegations                                                    signed in
        POST /people/roles/{id}/ending                                              signed in
        POST /people/search                                                         signed in
        POST /people/terms/preview                                                  signed in
        GET  /people/terms                                                          signed in
        POST /people/terms                                                          signed in
        POST /people/{id}/roles                                                     signed in
        GET  /people/{id}                                                           signed in
        GET  /people/{id}/factors                                                   signed in
        POST /people/{id}/factors/ending                                            signed in
        GET  /people                                                                signed in
        GET  /people/mappings                                                       signed in
        POST /people/mappings                                                       signed in
        POST /people/mappings/{id}/ending                                           signed in
        GET  /photos/{id}/{width}.jpg                                               everybody
        GET  /places/at                                                             everybody
        GET  /places/outlines.json                                                  everybody
        GET  /places/patterns.svg                                                   everybody
        GET  /places/search                                                         everybody
        GET  /privacy/erased                                                        everybody
        GET  /privacy/retention                                                     signed in
        GET  /privacy                                                               everybody
        GET  /robots.txt                                                            everybody
        GET  /share/{language}/city/{version}.jpg                                   everybody
        GET  /share/{language}/districts/{slug}/{version}.jpg                       everybody
        GET  /share/{language}/ideas/{number}/{version}.jpg                         everybody
        POST /sign-in/code                                                          everybody
        GET  /residence/card                                                        signed in
        POST /residence/card/withdrawal                                             signed in
        POST /residence/card                                                        signed in
        POST /residence/cases/{number}/decision                                     signed in
        GET  /residence/cases/{number}                                              signed in
        GET  /residence/cases                                                       signed in
        GET  /residence/code                                                        everybody
        POST /residence/code                                                        signed in
        POST /residence/desk/code                                                   signed in
        GET  /residence/desk/entry                                                  signed in
        POST /residence/desk/entry                                                  signed in
        POST /residence/desk/proof                                                  signed in
        POST /residence/desk/proofs/{id}/reversal                                   signed in
        POST /residence/desk/rejection                                              signed in
        GET  /residence/desk                                                        signed in
        POST /residence/end                                                         signed in
        POST /residence/extracts/{id}/adoption                                      signed in
        POST /residence/extracts/{id}/withdrawal                                    signed in
        GET  /residence/extracts/{id}                                               signed in
        GET  /residence/extracts                                                    signed in
        POST /residence/extracts                                                    signed in
        POST /residence/letter/withdrawal                                           signed in
        GET  /residence/letter                                                      signed in
        POST /residence/letter                                                      signed in
        POST /residence/letters/batches/{id}/dispatch                               signed in
        POST /residence/letters/batches/{id}/print                                  signed in
        POST /residence/letters/batches/{id}/void                                   signed in
        GET  /residence/letters/batches/{id}                                        signed in
        POST /residence/letters/batches                                             signed in
        GET  /residence/letters                                                     signed in
        GET  /residence/register                                                    signed in
        POST /residence/register                                                    signed in
        GET  /residence                                                             signed in
        POST /sign-in/confirm/code                                                  signed in
        POST /sign-in/confirm/passkey/options                                       signed in
        POST /sign-in/confirm/passkey                                               signed in
        POST /sign-in/confirm/recovery                                              signed in
        GET  /sign-in/confirm                                                       signed in
        POST /sign-in/demo                                                          everybody
        GET  /sign-in/link/{token}                                                  everybody
        POST /sign-in/link/{token}                                                  everybody
        GET  /sign-in/link                                                          everybody
        POST /sign-in/link                                                          everybody
        POST /sign-in/passkey/options                                               everybody
        POST /sign-in/passkey                                                       everybody
        GET  /sign-in/linking                                                       everybody
        POST /sign-in/linking/apart                                                 everybody
        GET  /sign-in/oidc/{key}                                                    everybody
        GET  /sign-in/oidc/{key}/callback                                           everybody
        GET  /sign-in/oidc/{key}/failed                                             everybody
        GET  /sign-in/oidc/{key}/farewell                                           everybody
        POST /sign-in/oidc/{key}/backchannel-logout                                 everybody
        GET  /service-worker.js                                                     everybody
        GET  /sign-in                                                               everybody
        POST /sign-out                                                              everybody
        GET  /sitemap.xml                                                           everybody
        GET  /statements/desk                                                       signed in
        GET  /statements/overdue                                                    everybody
        GET  /statements/overdue.csv                                                everybody
        GET  /statements/offices                                                    signed in
        POST /statements/offices/{office}/officers                                  signed in
        POST /statements/offices/assignments/{id}/ending                            signed in
        GET  /statements/requests/{id}                                              signed in
        POST /statements/requests/{id}/answers                                      signed in
        POST /statements/requests/{id}/forwarding                                   signed in
        POST /statements/requests/{id}/return                                       signed in
        GET  /statements/{kind}/{number}                                            everybody
        POST /statements/{kind}/{number}/requests                                   signed in
        POST /statements/{kind}/{number}/skip                                       signed in
        POST /statements/{kind}/{number}/appeal                                     signed in
        POST /statements/{kind}/{number}/appeal/decision                            signed in
        POST /statements/{kind}/{number}/appeal/withdrawal                          signed in
        GET  /styleguide                                                            everybody
        GET  /votes/desk                                                            signed in
        POST /votes/desk                                                            signed in
        GET  /votes/desk/new                                                        signed in
        GET  /votes/desk/{id}                                                       signed in
        GET  /votes/desk/{id}/basics                                                signed in
        POST /votes/desk/{id}/basics                                                signed in
        GET  /votes/desk/{id}/districts                                             signed in
        POST /votes/desk/{id}/districts                                             signed in
        GET  /votes/desk/{id}/candidates                                            signed in
        POST /votes/desk/{id}/candidates                                            signed in
        POST /votes/desk/{id}/exclusions                                            signed in
        POST /votes/desk/{id}/exclusions/removal                                    signed in
        POST /votes/desk/{id}/discard                                               signed in
        POST /votes/desk/{id}/announcement                                          signed in
        GET  /votes/desk/{id}/preview                                               signed in
        POST /votes/desk/{id}/rehearsals                                            signed in
        POST /votes/desk/{id}/rehearsals/removal                                    signed in
        POST /votes/desk/{id}/count                                                 signed in
        GET  /votes/desk/{id}/protocol.pdf                                          signed in
        POST /votes/desk/{id}/signatures                                            signed in
        POST /votes/desk/{id}/publication                                           signed in
        POST /votes/desk/{id}/hold                                                  signed in
        POST /votes/desk/{id}/hold/ending                                           signed in
        POST /votes/desk/{id}/prolongation                                          signed in
        POST /votes/desk/{id}/incidents                                             signed in
        GET  /votes/desk/{id}/candidates/{number}                                   signed in
        POST /votes/desk/{id}/candidates/{number}                                   signed in
        POST /votes/desk/{id}/candidates/{number}/withdrawal                        signed in
        POST /votes/desk/{id}/candidates/{number}/picture/removal                   signed in
        GET  /votes/{slug}/pictures/{number}/{width}.jpg                            everybody
        GET  /tiles/{zoom}/{x}/{y}                                                  everybody
        GET  /votes/{slug}/files.zip                                                everybody
        GET  /votes/{slug}/files/{name}                                             everybody
        GET  /votes/{slug}/result                                                   everybody
        GET  /votes/{slug}/handover/{code}                                          everybody
        POST /votes/{slug}/handover/{code}                                          everybody
        GET  /votes/{slug}/handover                                                 everybody
        POST /votes/{slug}/handover                                                 everybody
        POST /votes/{slug}/ballot                                                   signed in
        POST /votes/{slug}/change                                                   signed in
        POST /votes/{slug}/choice                                                   everybody
        GET  /votes/{slug}/receipt.txt                                              signed in
        GET  /votes/{slug}/receipt                                                  signed in
        GET  /votes/{slug}/receipts                                                 everybody
        POST /votes/{slug}/receipts                                                 everybody
        GET  /votes/{slug}/review                                                   everybody
        POST /votes/{slug}/total                                                    everybody
        GET  /votes/{slug}                                                          everybody
        GET  /votes                                                                 everybody
        GET  /votes/kiosk                                                           signed in
        POST /votes/kiosk/openings                                                  signed in
        GET  /votes/kiosk/screen                                                    everybody
        POST /votes/kiosk/screen/ballot                                             everybody
        POST /votes/kiosk/screen/choice                                             everybody
        POST /votes/kiosk/screen/end                                                everybody
        POST /votes/kiosk/screen/review                                             everybody
        POST /votes/kiosk/screen/total                                              everybody
        GET  /votes/kiosk/state                                                     everybody
        GET  /votes/kiosk/unlock                                                    signed in
        POST /votes/kiosk/unlock                                                    signed in
        POST /votes/kiosk/{id}/ending                                               signed in
        POST /votes/kiosk/{id}/lock                                                 signed in
        GET  /votes/paper                                                           signed in
        GET  /votes/{slug}/paper                                                    signed in
        POST /votes/{slug}/paper/batches                                            signed in
        POST /votes/{slug}/paper/batches/{id}/box                                   signed in
        POST /votes/{slug}/paper/batches/{id}/print                                 signed in
        POST /votes/{slug}/paper/entries                                            signed in
        GET  /votes/{slug}/paper/entry                                              signed in
        GET  /votes/{slug}/paper/hand-out                                           signed in
        POST /votes/{slug}/paper/hand-out                                           signed in
        GET  /votes/{slug}/paper/hand-outs/{id}                                     signed in
        POST /votes/{slug}/paper/hand-outs/{id}/reversal                            signed in
        POST /votes/{slug}/paper/mendings                                           signed in
        POST /votes/{slug}/paper/sheet                                              signed in
        POST /votes/{slug}/paper/window                                             signed in
        GET  /watches/confirmation/{token}                                          everybody
        POST /watches/confirmation/{token}                                          everybody
        GET  /watches/end/{token}                                                   everybody
        POST /watches/end/{token}                                                   everybody
        POST /watches/{id}/withdrawal                                               signed in
        GET  /watches                                                               everybody
        GET  /watches/news.atom                                                     everybody
        POST /watches                                                               everybody
        GET  /words                                                                 everybody
        """;

    private static final Pattern LINE = Pattern.compile("(\\S+ +\\S+) +(.+)");

    @Inject
    Router router;

    @Test
    void every_address_has_a_policy_and_stands_in_the_table() {
        var told = table();
        var found = policies();
        assertThat(found)
                .as("Say with @Secured, on the method or its class, who may call these")
                .doesNotContainValue("");
        var missing = found.entrySet().stream()
                .filter(route -> !route.getValue().equals(told.get(route.getKey())))
                .map(route -> "%-75s %s".formatted(route.getKey(), route.getValue()))
                .collect(Collectors.joining("\n"));
        assertThat(missing)
                .as("Add or mend these lines in the table of RoutePolicyTest")
                .isEmpty();
        assertThat(told.keySet())
                .as("Take these lines out of the table of RoutePolicyTest, their addresses are gone")
                .isSubsetOf(found.keySet());
    }

    @Test
    void somebody_signed_in_changes_nothing_without_the_token_of_the_form() {
        for (var person :
                List.of(Town.resident(), Town.chair("mitte"), Town.coordinator("mitte"), Town.administrator())) {
            var browser = browser().signIn(person);
            for (var path : posts()) {
                assertThat(browser.post(path, Map.of("csrf", "wrong")).statusCode())
                        .as("POST %s as %s", path, person)
                        .isEqualTo(403);
                assertThat(browser.post(path, Map.of()).statusCode())
                        .as("POST %s as %s without a body", path, person)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void no_status_has_a_route_of_its_own() {
        for (var status : HttpStatus.values()) {
            assertThat(router.findStatusRoute(status, HttpRequest.GET("/")))
                    .as("%s: a form that comes late would never end, see ErrorPages.Bare", status)
                    .isEmpty();
        }
    }

    @Test
    void a_guest_is_led_to_the_sign_in_by_everything_done_in_somebodys_name() {
        policies().forEach((route, policy) -> {
            if (!policy.equals("everybody")) {
                var path = path(route);
                var answer = route.startsWith("POST")
                        ? browser().post(path, Map.of("csrf", ""))
                        : browser().get(path);
                if (answer.statusCode() == 415) {
                    answer = browser().postParts(path, Map.of("csrf", ""));
                }
                assertThat(Browser.location(answer)).as(route).startsWith("/sign-in?next=");
            }
        });
    }

    @Test
    void nothing_breaks_when_a_guest_sends_nonsense() {
        for (var path : posts()) {
            assertThat(browser().post(path, Map.of("x", "y")).statusCode())
                    .as("POST " + path)
                    .isLessThan(500);
            assertThat(browser().post(path, Map.of()).statusCode())
                    .as("POST %s without a body", path)
                    .isLessThan(500);
            assertThat(browser().postParts(path, Map.of("x", "y")).statusCode())
                    .as("POST %s in parts", path)
                    .isLessThan(500);
        }
    }

    private List<String> posts() {
        return policies().keySet().stream()
                .filter(route -> route.startsWith("POST") && !route.substring(5).startsWith("/sign-in"))
                .map(RoutePolicyTest::path)
                .toList();
    }

    /** Our own routes; HEAD comes with every GET. */
    private Map<String, String> policies() {
        return router.uriRoutes()
                .filter(route ->
                        route.getTargetMethod().getDeclaringType().getName().startsWith("motette."))
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .collect(Collectors.toMap(
                        RoutePolicyTest::name, RoutePolicyTest::policy, (one, same) -> one, TreeMap::new));
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return "%-4s %s"
                .formatted(
                        route.getHttpMethodName(),
                        route.getUriMatchTemplate().toString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"));
    }

    private static String policy(UriRouteInfo<?, ?> route) {
        return String.join(
                        ", ",
                        route.getTargetMethod()
                                .getValue(Secured.class, String[].class)
                                .orElse(new String[0]))
                .replace("isAnonymous()", "everybody")
                .replace("isAuthenticated()", "signed in");
    }

    private static Map<String, String> table() {
        return TABLE.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private static String path(String route) {
        return route.substring(5)
                .replace("{step}", "plan")
                .replace("{kind}", "ideas")
                .replace("{deed}", "notice")
                .replaceAll("\\{\\w+}", "1");
    }
}
