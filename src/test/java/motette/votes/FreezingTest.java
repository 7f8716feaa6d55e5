package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.Map;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Refused;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on a ballot stays as it was announced, whatever becomes of the idea. */
@MicronautTest(transactional = false)
class FreezingTest extends PortalTest {

    private static final String WHY = "Auf dem Foto ist ein Kind zu erkennen.";

    @Inject
    DeskRounds made;

    @Inject
    TestRounds tests;

    @Inject
    RoundRepository rounds;

    @Inject
    DeskRepository desk;

    @Inject
    Listings listings;

    @Inject
    RunningRounds running;

    @Inject
    Announcing announcing;

    @Inject
    Counting counting;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @BeforeEach
    void noRounds() {
        tests.forgetAll();
        waiting.change("delete from photo_renditions");
        waiting.change("delete from photos");
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    /** A round of which the first chosen idea has a photo; the number of that idea. */
    private long photographed(long id) {
        long idea = desk.prepared(id).getFirst().idea();
        waiting.change("with p as (insert into photos (id, idea_number, position, alt, width, height, added_at) values"
                + " (gen_random_uuid(), " + idea
                + ", 0, 'Bank unter der Linde', 1600, 1200, now()) returning id) insert into photo_renditions"
                + " (photo_id, width, height, jpeg) select p.id, w, w * 3 / 4, decode('ffd8' ||"
                + " lpad(to_hex(w), 4, '0') || 'ffd9', 'hex') from p, unnest(array[480, 960, 1600]) w");
        return idea;
    }

    private Listed listed(long id, long idea) {
        return listings.of(rounds.find(id).orElseThrow()).stream()
                .filter(one -> one.idea() == idea)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void place_and_photo_stay_on_the_ballot_when_the_idea_moves_and_loses_its_photo() {
        long id = made.prepared("eingefroren");
        long idea = photographed(id);
        waiting.change("update ideas set place = 'Park am Rabet' where number = " + idea);
        announcing.announce(made.administrator(), id);
        var before = listed(id, idea);
        waiting.change("delete from photo_renditions");
        waiting.change("delete from photos");
        waiting.change("update ideas set place = 'Woanders', quarter_key = '22', lon = 12.4, lat = 51.3 where number = "
                + idea);
        assertThat(listed(id, idea)).isEqualTo(before);
        assertThat(before.place()).isEqualTo("Park am Rabet");
        assertThat(before.picture().orElseThrow().alt()).isEqualTo("Bank unter der Linde");
        clock.set(rounds.find(id).orElseThrow().opensAt());
        var page = browser().page("/votes/eingefroren");
        assertThat(page.select("#more-" + before.number()).text()).contains("Park am Rabet");
        var picture = page.select("#more-" + before.number() + " img");
        assertThat(picture.attr("alt")).isEqualTo("Bank unter der Linde");
        var answer = browser().get(picture.attr("src"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("image/jpeg");
        assertThat(waiting.ask("select string_agg(width::text, ' ' order by width) from vote_picture_files"))
                .as("no wider than a page shows")
                .isEqualTo("480 960");
    }

    @Test
    void a_photo_that_has_to_go_leaves_a_version_with_its_reason_and_no_file() {
        long id = made.prepared("foto-weg");
        long idea = photographed(id);
        announcing.announce(made.administrator(), id);
        int number = listed(id, idea).number();
        var picture = "/votes/foto-weg/pictures/" + number + "/480.jpg";
        assertThat(browser().get(picture).statusCode()).isEqualTo(200);
        var admin = browser().signIn(Town.administrator());
        var path = "/votes/desk/" + id + "/candidates/" + number;
        assertThat(admin.post(path + "/picture/removal", Map.of("csrf", admin.token(), "reason", "kurz"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.submit(admin.page(path), path + "/picture/removal", Map.of("reason", WHY))
                        .statusCode())
                .isEqualTo(303);
        var after = listed(id, idea);
        assertThat(after.candidate().version()).isEqualTo(2);
        assertThat(after.picture()).isEmpty();
        assertThat(after.changed()).isEqualTo(WHY);
        assertThat(browser().get(picture).statusCode()).isEqualTo(404);
        assertThat(browser().page("/votes/foto-weg").select("#more-" + number).text())
                .containsOnlyOnce(WHY);
        assertThatThrownBy(() -> running.removePicture(made.administrator(), id, number, WHY))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_photo_goes_after_the_count_without_a_change_of_what_was_counted() {
        long id = made.prepared("foto-spaet-weg");
        long idea = photographed(id);
        announcing.announce(made.administrator(), id);
        int number = listed(id, idea).number();
        clock.set(rounds.find(id).orElseThrow().closesAt());
        counting.count(id);
        assertThat(running.removePicture(made.administrator(), id, number, WHY)
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
        assertThat(listed(id, idea).candidate().version()).isEqualTo(1);
        assertThat(listed(id, idea).pictureGone()).isEqualTo(WHY);
        assertThat(browser()
                        .page("/votes/foto-spaet-weg")
                        .select("#more-" + number)
                        .text())
                .contains(WHY);
    }
}
