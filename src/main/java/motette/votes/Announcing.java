package motette.votes;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.ideas.EventKind;
import motette.ideas.Story;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import motette.votes.CheckList.Level;

/**
 * Announces a round, for good: draws the order of the ballot, freezes what is said of each idea, fixes the tie order by a
 * seed of which only the hash is published, and makes the key of the urn.
 */
@Singleton
class Announcing {

    private final RoundRights rights;
    private final RoundRepository rounds;
    private final DeskRepository desk;
    private final CheckList checkList;
    private final RoundKeys keys;
    private final Freezing freezing;
    private final Story story;
    private final Audit audit;
    private final ApplicationEventPublisher<RoundEvent> announcements;
    private final Sql sql;
    private final Clock clock;

    Announcing(
            RoundRights rights,
            RoundRepository rounds,
            DeskRepository desk,
            CheckList checkList,
            RoundKeys keys,
            Freezing freezing,
            Story story,
            Audit audit,
            ApplicationEventPublisher<RoundEvent> announcements,
            Sql sql,
            Clock clock) {
        this.rights = rights;
        this.rounds = rounds;
        this.desk = desk;
        this.checkList = checkList;
        this.keys = keys;
        this.freezing = freezing;
        this.story = story;
        this.audit = audit;
        this.announcements = announcements;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @return false when there is no such round
     * @throws Refused when it is announced already, or the check list does not let it pass
     */
    @Transactional
    boolean announce(Visitor visitor, long id) {
        rights.deciding(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var round = rounds.alone(id);
        round.ifPresent(prepared -> {
            if (prepared.announcedAt().isPresent()) {
                throw new Refused(refusal("votes.desk.refused.announced", prepared.title(), id));
            }
            desk.prepared(id).stream().map(Prepared::idea).sorted().forEach(story::lock);
            var bad = checkList.of(prepared).stream()
                    .filter(check -> check.level() == Level.BAD)
                    .flatMap(check -> check.said().stream())
                    .findFirst();
            bad.ifPresent(said -> {
                throw new Refused(refusal("votes.desk.refused.check", said, id));
            });
            var seed = keys.bytes();
            draw(visitor, id, seed);
            sql.change(
                    "insert into vote_announcements (round_id, at, by, tie_seed, tie_hash) values (?, ?, ?, ?,"
                            + " sha256(?))",
                    id,
                    clock.instant(),
                    visitor.personId(),
                    seed,
                    seed);
            keys.make(id);
            desk.prepared(id)
                    .forEach(candidate -> story.tell(
                            candidate.idea(), EventKind.ON_BALLOT, visitor.personId(), "", "", prepared.title(), null));
            audit.record(Deed.of("votes.announcement", "round:" + id)
                    .by(visitor.personId(), "")
                    .with("candidates", desk.prepared(id).size())
                    .with("tie-hash", rounds.find(id).orElseThrow().tieHash()));
            announcements.publishEvent(new RoundEvent(id, RoundEvent.Kind.ANNOUNCED));
        });
        return round.isPresent();
    }

    /** Gives each idea its number by lot and freezes what stands on the ballot. */
    private void draw(Visitor visitor, long id, byte[] seed) {
        var chosen = desk.prepared(id);
        var byIdea = chosen.stream().collect(Collectors.toMap(Prepared::idea, Function.identity()));
        var ideaOf = chosen.stream().collect(Collectors.toMap(Prepared::number, Prepared::idea));
        var pairs = desk.exclusions(id);
        sql.change("delete from vote_exclusions where round_id = ?", id);
        sql.change("delete from vote_candidates where round_id = ?", id);
        var numbers = new HashMap<Long, Integer>();
        for (long idea : BallotOrder.order(seed, byIdea.keySet())) {
            int number = numbers.size() + 1;
            numbers.put(idea, number);
            sql.change(
                    "insert into vote_candidates (round_id, number, district_key, idea_number) values (?, ?, ?, ?)",
                    id,
                    number,
                    of(byIdea, idea).districtKey(),
                    idea);
        }
        freezing.all(id, visitor.personId(), clock.instant());
        for (var pair : pairs) {
            var both = List.of(of(numbers, of(ideaOf, pair.one())), of(numbers, of(ideaOf, pair.other())));
            sql.change(
                    "insert into vote_exclusions (round_id, one, other) values (?, least(?, ?), greatest(?, ?))",
                    id,
                    both.getFirst(),
                    both.getLast(),
                    both.getFirst(),
                    both.getLast());
        }
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("Nothing is known of " + key);
        }
        return value;
    }

    private static Refusal refusal(String sentence, Object what, long id) {
        return Refusal.of(sentence, what).withWayOut("/votes/desk/" + id, "votes.desk.to-round");
    }
}
