package motette.site;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import motette.ideas.IdeaState;
import motette.ideas.Photos;
import motette.places.CityPack;
import motette.places.Patterns;
import motette.places.Places;
import motette.shared.Described.Subject;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.site.SharePainter.Sheet;

/**
 * Pictures for shared addresses: of public ideas, of districts and of the city. Their address bears a version that follows from
 * everything in them, so that others may keep one for ever. What was drawn stays in memory, as much as {@link #MOST_BYTES}, and
 * nowhere else: what is taken back is gone. See decision 0023.
 */
@Singleton
class SharePictures {

    /** About 300 pictures. */
    static final int MOST_BYTES = 24 * 1024 * 1024;

    private static final int OUTLINE_MARGIN = 56;

    private final JdbcOperations jdbc;
    private final Places places;
    private final Patterns patterns;
    private final Photos photos;
    private final CityPack city;
    private final Texts texts;
    private final SharePainter painter;
    private final ReentrantLock drawing = new ReentrantLock(true);
    private final Map<String, byte[]> kept = new LinkedHashMap<>(64, .75f, true);
    private int bytes;

    SharePictures(
            JdbcOperations jdbc,
            Places places,
            Patterns patterns,
            Photos photos,
            CityPack city,
            Texts texts,
            SharePainter painter) {
        this.jdbc = jdbc;
        this.places = places;
        this.patterns = patterns;
        this.photos = photos;
        this.city = city;
        this.texts = texts;
        this.painter = painter;
    }

    /** A picture that there is, and its address. */
    record Found(Subject subject, Locale locale, Supplier<Sheet> sheet) {

        String address() {
            return SharePictures.address(subject, locale);
        }
    }

    boolean isReady() {
        return painter.isReady();
    }

    /** Path of the picture; empty on a machine that cannot draw it. */
    String path(Subject subject, Locale locale) {
        return painter.isReady() ? address(subject, locale) : "";
    }

    Subject ofCity() {
        return new Subject("city", List.of(city.key(), city.name()));
    }

    static Subject ofDistrict(String slug, String name) {
        return new Subject("districts/" + slug, List.of(name));
    }

    Optional<Found> city(Locale locale) {
        return found(
                ofCity(),
                locale,
                () -> new Sheet(
                        city.name(),
                        texts.get(locale, "frame.claim").replaceFirst("^Motette · ", ""),
                        "",
                        "leaf",
                        Optional.empty(),
                        patterns.city(SharePainter.outlineWidth(), SharePainter.HEIGHT, OUTLINE_MARGIN)));
    }

    Optional<Found> district(String slug, Locale locale) {
        return places.districtBySlug(slug)
                .flatMap(district -> found(
                        ofDistrict(slug, district.name()),
                        locale,
                        () -> new Sheet(
                                city.name(),
                                texts.get(locale, "district.title", district.name()),
                                texts.get(locale, "ideas.title"),
                                "leaf",
                                Optional.empty(),
                                patterns.district(
                                        district.key(),
                                        SharePainter.outlineWidth(),
                                        SharePainter.HEIGHT,
                                        OUTLINE_MARGIN))));
    }

    /** Empty also for an idea that is not public. */
    @Connectable
    Optional<Found> idea(long number, Locale locale) {
        return jdbc.prepareStatement(
                "select i.title, i.quarter_key, i.state, (select p.id from photos p where p.idea_number = i.number"
                        + " order by p.position, p.id limit 1) from ideas i where i.number = ? and i.state in "
                        + IdeaState.PUBLIC_SQL,
                statement -> {
                    statement.setLong(1, number);
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? idea(
                                        number,
                                        row.getString(1),
                                        row.getString(2),
                                        IdeaState.of(row.getString(3)),
                                        Optional.ofNullable(row.getObject(4, UUID.class)),
                                        locale)
                                : Optional.empty();
                    }
                });
    }

    private Optional<Found> idea(
            long number, String title, String quarterKey, IdeaState state, Optional<UUID> photo, Locale locale) {
        var quarter = places.known(quarterKey);
        return found(
                new Subject(
                        "ideas/" + number,
                        List.of(
                                title,
                                quarter.name(),
                                state.key(),
                                photo.map(UUID::toString).orElse(""))),
                locale,
                () -> new Sheet(
                        quarter.name() + " · " + quarter.districtName(),
                        title,
                        texts.get(locale, "state." + state.key()),
                        state.tone(),
                        photo.flatMap(id -> photos.jpeg(id, 960)),
                        patterns.quarter(
                                quarterKey, SharePainter.outlineWidth(), SharePainter.HEIGHT, OUTLINE_MARGIN)));
    }

    private Optional<Found> found(Subject subject, Locale locale, Supplier<Sheet> sheet) {
        return Optional.of(new Found(subject, locale, sheet));
    }

    Optional<byte[]> drawn(Found found) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(found.address()));
        }
    }

    /** One at a time: whoever waited for the same picture finds it drawn. */
    byte[] draw(Found found) {
        drawing.lock();
        try {
            var known = drawn(found);
            if (known.isPresent()) {
                return known.get();
            } else {
                var picture = painter.paint(found.sheet().get());
                keep(found.address(), picture);
                return picture;
            }
        } finally {
            drawing.unlock();
        }
    }

    private void keep(String address, byte[] picture) {
        synchronized (kept) {
            var before = kept.put(address, picture);
            bytes += picture.length - (before == null ? 0 : before.length);
            var oldest = kept.entrySet().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().getValue().length;
                oldest.remove();
            }
        }
    }

    private static String address(Subject subject, Locale locale) {
        var shows = String.join("\0", subject.shows()) + "\0" + Languages.tag(locale) + "\0" + SharePainter.HAND;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(shows.getBytes(StandardCharsets.UTF_8));
            return "/share/" + Languages.tag(locale) + "/" + subject.path() + "/"
                    + HexFormat.of().formatHex(digest, 0, 6) + ".jpg";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
