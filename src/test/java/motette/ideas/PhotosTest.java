package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.shared.Refusal;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class PhotosTest extends PortalTest {

    private static final byte[] PHOTO = Pictures.withExif(Pictures.jpeg(1200, 900), 6);
    private static final String SECRET = "the-secret-of-the-draft";

    @Inject
    Photos photos;

    @Inject
    JdbcOperations jdbc;

    @Inject
    TransactionOperations<Connection> transactions;

    @Test
    void a_photo_is_kept_with_its_words_in_the_order_they_came() {
        var draft = draft();
        var first = kept(draft, PHOTO, "  A bench in the shade ");
        var second = kept(draft, PHOTO, "");
        assertThat(photos.of(draft))
                .containsExactly(
                        new Photos.Photo(first, "A bench in the shade", 900, 1200),
                        new Photos.Photo(second, "", 900, 1200));
        assertThat(photos.describe(draft, second, "The bench in winter")).isEmpty();
        assertThat(photos.remove(draft, first)).isEmpty();
        assertThat(photos.of(draft)).containsExactly(new Photos.Photo(second, "The bench in winter", 900, 1200));
        assertThat(count("select count(*) from photo_renditions where photo_id = '" + first + "'"))
                .isZero();
    }

    @Test
    void what_cannot_be_kept_is_refused_with_a_sentence() {
        var draft = draft();
        assertThat(refusal(photos.add(draft, "photo.jpg".getBytes(StandardCharsets.UTF_8), "")))
                .isEqualTo("photo.not-a-picture");
        assertThat(refusal(photos.add(draft, PHOTO, "x".repeat(201)))).isEqualTo("photo.alt-too-long");
        assertThat(refusal(photos.add(UUID.randomUUID(), PHOTO, ""))).isEqualTo("photo.draft-gone");
        assertThat(photos.of(draft)).isEmpty();
    }

    @Test
    void the_sixth_photo_is_refused() {
        var draft = draft();
        for (int i = 0; i < 5; i++) {
            kept(draft, Pictures.png(50, 50), "");
        }
        assertThat(refusal(photos.add(draft, PHOTO, ""))).isEqualTo("photo.too-many");
        assertThat(photos.of(draft)).hasSize(5);
    }

    @Test
    void uploads_at_the_same_moment_do_not_slip_past_the_limit() throws Exception {
        var draft = draft();
        var uploads = new ArrayList<Callable<Optional<Refusal>>>();
        for (int i = 0; i < 12; i++) {
            uploads.add(() -> photos.add(draft, Pictures.png(60, 40), ""));
        }
        var kept = 0;
        try (var people = Executors.newFixedThreadPool(12)) {
            for (var upload : people.invokeAll(uploads)) {
                kept += upload.get().isEmpty() ? 1 : 0;
            }
        }
        assertThat(kept).isEqualTo(5);
        assertThat(count("select count(distinct position) from photos where draft_id = '" + draft + "'"))
                .isEqualTo(5);
    }

    @Test
    void a_foreign_draft_neither_sees_nor_changes_a_photo() {
        var draft = draft();
        var other = draft();
        var photo = kept(draft, PHOTO, "mine");
        assertThat(photos.of(other)).isEmpty();
        assertThat(photos.remove(other, photo)).isPresent();
        assertThat(photos.describe(other, photo, "yours")).isPresent();
        assertThat(photos.of(draft)).extracting(Photos.Photo::alt).containsExactly("mine");

        var address = Photos.path(photo, 480);
        var mine = browser().get(address, "Cookie", "draft=" + draft + "." + SECRET);
        assertThat(mine.statusCode()).isEqualTo(200);
        assertThat(mine.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(mine.headers().firstValue("ETag")).isEmpty();
        for (var cookie : new String[] {
            "draft=",
            "draft=" + other + "." + SECRET,
            "draft=" + draft + ".guessed",
            "draft=" + draft,
            "draft=" + draft + "."
        }) {
            assertThat(browser().get(address, "Cookie", cookie).statusCode())
                    .as(cookie)
                    .isEqualTo(404);
        }
        assertThat(browser().get(address).statusCode()).isEqualTo(404);
        assertThat(browser().signIn(Town.coordinator("mitte")).get(address).statusCode())
                .isEqualTo(404);
    }

    @Test
    void until_it_is_published_a_photo_is_for_its_author_and_the_coordinators_of_its_quarter() {
        var idea = idea(Town.resident());
        var address = Photos.path(photoOf(idea), 480);
        assertThat(browser().get(address).statusCode()).isEqualTo(404);
        assertThat(browser().signIn(Town.resident(2)).get(address).statusCode()).isEqualTo(404);
        assertThat(browser().signIn(foreignCoordinator()).get(address).statusCode())
                .isEqualTo(404);
        for (var person : new String[] {Town.resident(), homeCoordinator()}) {
            var answer = browser().signIn(person).get(address);
            assertThat(answer.statusCode()).as(person).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-store");
        }

        tell(idea, "published");
        var answer = browser().get(address);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("inline");
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(browser().get(address, "If-None-Match", tag).statusCode()).isEqualTo(304);

        tell(idea, "withdrawn");
        assertThat(browser().get(address, "If-None-Match", tag).statusCode()).isEqualTo(404);
    }

    @Test
    void an_address_asks_for_one_of_the_widths_and_gets_the_nearest_that_is_large_enough() {
        var idea = idea(Town.resident());
        var photo = photoOf(idea);
        tell(idea, "published");
        assertThat(width(photo, 480)).isEqualTo(480);
        assertThat(width(photo, 960)).as("the original has 900").isEqualTo(900);
        assertThat(width(photo, 1600)).isEqualTo(900);
        for (var address : new String[] {
            "/photos/" + photo + "/900.jpg",
            "/photos/" + photo + "/480.png",
            "/photos/" + photo + "/0480.jpg",
            "/photos/" + photo + "/-1.jpg",
            "/photos/" + photo + "/x.jpg",
            "/photos/1/480.jpg",
            "/photos/" + UUID.randomUUID() + "/480.jpg"
        }) {
            assertThat(browser().get(address).statusCode()).as(address).isEqualTo(404);
        }
    }

    @Test
    void whoever_takes_webp_gets_it_and_everybody_else_a_jpeg() {
        var idea = idea(Town.resident());
        var photo = photoOf(idea);
        tell(idea, "published");
        var path = Photos.path(photo, 480);
        for (var accept : new String[] {"*/*", "image/*", "image/jpeg", "image/avif,image/png"}) {
            var jpeg = browser().get(path, "Accept", accept + ",*/*;q=0.1");
            assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
            assertThat(jpeg.headers().firstValue("Vary")).contains("Accept");
        }
        var webp = browser().get(path, "Accept", "image/avif,image/webp,*/*;q=0.8");
        assertThat(webp.statusCode()).isEqualTo(200);
        assertThat(webp.headers().firstValue("Content-Type")).contains("image/webp");
        assertThat(webp.headers().firstValue("Vary")).contains("Accept");
        var tag = webp.headers().firstValue("ETag").orElseThrow();
        assertThat(browser()
                        .get(path, "Accept", "image/webp", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(browser()
                        .get(path, "Accept", "image/jpeg", "If-None-Match", tag)
                        .statusCode())
                .as("another format is another file")
                .isEqualTo(200);

        transactions.executeWrite(status -> {
            run("update photo_renditions set webp = null where photo_id = '" + photo + "'");
            return true;
        });
        assertThat(browser().get(path, "Accept", "image/webp").headers().firstValue("Content-Type"))
                .as("an old photo has no WebP")
                .contains("image/jpeg");
    }

    @Test
    void a_file_too_large_is_refused_with_a_sentence_however_large_it_is() {
        var large = upload(new byte[13_000_000]);
        assertThat(large.statusCode()).isEqualTo(422);
        assertThat(large.body()).contains("größer als 12");
        var huge = upload(new byte[50_000_000]);
        assertThat(huge.statusCode()).isEqualTo(413);
        assertThat(huge.body()).contains("höchstens 12", "href=\"/ideas/new/text\"");
    }

    private HttpResponse<String> upload(byte[] file) {
        var start = "--edge\r\n"
                + "Content-Disposition: form-data; name=\"photo\"; filename=\"photo.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n";
        var request = HttpRequest.newBuilder(server.getURI().resolve("/ideas/new/text"))
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .header("Referer", server.getURI().resolve("/ideas/new/text").toString())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(start),
                        HttpRequest.BodyPublishers.ofByteArray(file),
                        HttpRequest.BodyPublishers.ofString("\r\n--edge--\r\n")))
                .build();
        return browser().send(request);
    }

    private int width(UUID photo, int asked) {
        var jpeg = new Browser(server.getURI()).get(Photos.path(photo, asked));
        assertThat(jpeg.statusCode()).isEqualTo(200);
        return Pictures.read(photos.picture(photo, asked, false).orElseThrow().bytes())
                .getWidth();
    }

    private UUID photoOf(long idea) {
        var draft = draft();
        var photo = kept(draft, PHOTO, "");
        transactions.executeWrite(status -> {
            photos.moveToIdea(draft, idea);
            run("delete from idea_drafts where id = '" + draft + "'");
            return true;
        });
        assertThat(photos.of(draft)).isEmpty();
        assertThat(photos.ofIdea(idea)).extracting(Photos.Photo::id).containsExactly(photo);
        return photo;
    }

    private UUID draft() {
        var id = UUID.randomUUID();
        transactions.executeWrite(status ->
                jdbc.prepareStatement("insert into idea_drafts values (?, ?, '{}', now(), now())", statement -> {
                    statement.setObject(1, id);
                    statement.setBytes(2, sha256(SECRET));
                    return statement.executeUpdate();
                }));
        return id;
    }

    private long idea(String author) {
        var number = transactions.executeWrite(status -> count("""
            insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place,
                               language, handed_in_at, state_since)
            select p.id, 'A bench in the shade', 'Somewhere to sit down on the way to the doctor.', 'proposal',
                   (select key from categories where not forwarded order by position limit 1), q.key, b.key, q.label_lon,
                   q.label_lat, true, 'en', now(), now()
            from persons p join quarters q on q.key = p.home_quarter join bodies b on b.district_key = q.district_key
            where p.demo_key = '%s' returning number\
            """.formatted(author)));
        tell(number, "handed-in");
        return number;
    }

    private void tell(long idea, String kind) {
        transactions.executeWrite(status -> {
            run("insert into idea_events (idea_number, kind, at) values (" + idea + ", '" + kind + "', now())");
            return true;
        });
    }

    private String homeCoordinator() {
        return coordinator("");
    }

    private String foreignCoordinator() {
        return coordinator("not");
    }

    private String coordinator(String not) {
        return transactions.executeRead(status ->
                jdbc.prepareStatement("""
                    select c.demo_key from persons c join roles r on r.person_id = c.id and r.name = 'coordinator'
                    where %s exists (select from area_quarters a join persons p on p.home_quarter = a.quarter_key
                                      where a.area_key = r.scope and p.demo_key = '%s')
                    order by c.id limit 1\
                    """.formatted(not, Town.resident()), statement -> {
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getString(1);
                    }
                }));
    }

    private long count(String sql) {
        return transactions.executeWrite(status -> jdbc.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }

    private void run(String sql) {
        jdbc.prepareStatement(sql, statement -> statement.executeUpdate());
    }

    private UUID kept(UUID draft, byte[] upload, String alt) {
        assertThat(photos.add(draft, upload, alt)).isEmpty();
        return photos.of(draft).getLast().id();
    }

    private static String refusal(Optional<Refusal> answer) {
        return answer.orElseThrow().reason().key();
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
