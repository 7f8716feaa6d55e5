package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import motette.allocation.pabulib.Pabulib;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published round is counted again from its files: with the same outcome, and whatever was changed is found. */
class RecountTest {

    private static final List<String> RULES = List.of("votes", "ratio", "shares", "shares-greedy");

    @Property(tries = 120)
    void whatever_ballots_there_are_the_sums_agree_to_the_vote_and_the_recount_is_the_same(
            @ForAll long chance,
            @ForAll BallotForm form,
            @ForAll @IntRange(max = 3) int rule,
            @ForAll @IntRange(max = 60) int ballots,
            @ForAll @IntRange(max = 12) int least) {
        var round = SomeRound.of(chance, form, RULES.get(rule), ballots, least);
        for (var place : round.places()) {
            var papers = round.papers().getOrDefault(place.key(), List.of());
            var layOut = round.layOut(place);
            assertThat(layOut.ballots()).isEqualTo(papers.size());
            assertThat(layOut.blank())
                    .isEqualTo(papers.stream()
                            .filter(paper -> paper.choice().isEmpty())
                            .count());
            for (var line : layOut.lines()) {
                int number = line.candidate().number();
                assertThat(line.votes())
                        .isEqualTo(papers.stream()
                                .filter(paper -> paper.choice().pointsOf(number) > 0)
                                .count());
                assertThat(line.points())
                        .isEqualTo(papers.stream()
                                .mapToLong(paper -> paper.choice().pointsOf(number))
                                .sum());
                assertThat(line.proposed() && (line.votes() < Math.max(1, least) || number == 7))
                        .isFalse();
            }
            assertThat(layOut.spentCents())
                    .isLessThanOrEqualTo(place.budgetCents())
                    .isEqualTo(layOut.lines().stream()
                            .filter(LayOut.Line::proposed)
                            .mapToLong(line -> line.candidate().costCents())
                            .sum());
            for (var pair : round.exclusions()) {
                assertThat(layOut.lines().stream()
                                .filter(line -> line.proposed()
                                        && pair.contains(line.candidate().number()))
                                .count())
                        .isLessThanOrEqualTo(1);
            }
        }
        assertThat(Recount.of(round.files()).sentence()).startsWith("Intact: herbst-2026, ");
    }

    @Property(tries = 40)
    void the_order_of_the_ballots_changes_nothing_that_is_told_of_them(
            @ForAll long chance, @ForAll BallotForm form, @ForAll @IntRange(max = 3) int rule) {
        var round = SomeRound.of(chance, form, RULES.get(rule), 40, 0);
        var shuffled = new TreeMap<>(round.papers());
        shuffled.replaceAll((district, papers) -> {
            var other = new java.util.ArrayList<>(papers);
            Collections.shuffle(other, new Random(chance));
            return other;
        });
        var other = new SomeRound(round.head(), round.stories(), round.exclusions(), shuffled);
        assertThat(text(other.files(), RoundFiles.RESULT)).isEqualTo(text(round.files(), RoundFiles.RESULT));
    }

    @Test
    void a_changed_byte_is_found_wherever_it_stands() {
        for (var form : BallotForm.values()) {
            var files = SomeRound.of(7, form, "votes", 4, 0).files();
            assertThat(Recount.of(files).intact()).isTrue();
            files.forEach((name, content) -> {
                for (int i = 0; i < content.length; i++) {
                    for (int change : form == BallotForm.POINTS ? new int[] {1, 0x20} : new int[] {1}) {
                        var changed = new TreeMap<>(files);
                        var bytes = content.clone();
                        bytes[i] ^= (byte) change;
                        changed.put(name, bytes);
                        assertThat(Recount.of(changed).intact())
                                .as("%s, byte %s", name, i)
                                .isFalse();
                    }
                }
            });
        }
    }

    @Test
    void a_file_that_is_cut_off_or_missing_is_named() {
        var files = SomeRound.of(8, BallotForm.APPROVAL, "votes", 5, 0).files();
        for (var name : List.copyOf(files.keySet())) {
            var without = new TreeMap<>(files);
            without.remove(name);
            assertThat(Recount.of(without).sentence()).contains(name);
        }
        var more = new TreeMap<>(files);
        more.put("notes.txt", new byte[0]);
        assertThat(Recount.of(more).intact()).isTrue();
    }

    @Test
    void who_changes_a_ballot_and_the_hashes_with_it_is_found_by_the_recount() {
        var round = SomeRound.of(9, BallotForm.APPROVAL, "votes", 30, 0);
        var files = round.files();
        var name = "herbst-2026-mitte.pb";
        var forged = text(files, name).replaceFirst("\n(\\d+);1\n", "\n$1;3\n");
        assertThat(forged).isNotEqualTo(text(files, name));
        assertThat(forged(round, files, name, forged))
                .contains("herbst-2026-mitte.pb: the votes of project")
                .contains("but the recount says");
    }

    @Test
    void a_seed_that_was_not_announced_is_found() {
        var round = SomeRound.of(10, BallotForm.APPROVAL, "votes", 30, 0);
        var other = "00".repeat(32);
        var files = round.files();
        var changed = text(files, RoundFiles.RESULT).replace(round.head().tieSeed(), other);
        files.put(RoundFiles.SEED, (other + "\n").getBytes(StandardCharsets.UTF_8));
        var head = Head.of(Json.read(changed.getBytes(StandardCharsets.UTF_8)).object("round"));
        files.put(RoundFiles.RESULT, changed.getBytes(StandardCharsets.UTF_8));
        files.remove(RoundFiles.MANIFEST);
        files.put(RoundFiles.MANIFEST, RoundFiles.manifest(head, files));
        assertThat(Recount.of(files).sentence()).startsWith("The seed does not have the hash");
    }

    @Test
    void a_proposal_that_the_rule_does_not_make_is_found() {
        var round = SomeRound.of(11, BallotForm.APPROVAL, "shares", 40, 0);
        var files = round.files();
        var changed = text(files, RoundFiles.RESULT).replaceFirst("\"proposed\" : false", "\"proposed\" : true");
        assertThat(forged(round, files, RoundFiles.RESULT, changed))
                .contains("proposed is true in result.json, but the recount says false.");
    }

    @Test
    void a_receipt_less_than_ballots_is_found() {
        var round = SomeRound.of(12, BallotForm.APPROVAL, "votes", 20, 0);
        var files = round.files();
        var receipts = text(files, RoundFiles.RECEIPTS);
        assertThat(forged(round, files, RoundFiles.RECEIPTS, receipts.substring(21)))
                .isEqualTo("There are 19 receipts for 20 ballots.");
    }

    private static String forged(SomeRound round, SortedMap<String, byte[]> files, String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
        files.remove(RoundFiles.MANIFEST);
        files.put(RoundFiles.MANIFEST, RoundFiles.manifest(round.head(), files));
        return Recount.of(files).sentence();
    }

    @Test
    void ballots_are_read_by_whoever_reads_pabulib() throws IOException {
        var round = SomeRound.of(13, BallotForm.POINTS, "shares", 50, 0);
        var read = Pabulib.election(new ByteArrayInputStream(round.files().get("herbst-2026-ost.pb")));
        assertThat(read.warnings()).isEmpty();
        assertThat(read.meta("vote_type")).contains("scoring");
        assertThat(read.meta("date_end")).contains("11.09.2026");
        assertThat(read.meta("budget")).contains("25000.5");
        assertThat(read.election().voters())
                .isEqualTo(round.papers().getOrDefault("2", List.of()).size());
        assertThat(read.election().projects())
                .extracting(project -> project.id())
                .containsExactly("6", "8", "9", "10");
        for (var form : List.of(BallotForm.APPROVAL, BallotForm.BUDGET)) {
            var other = SomeRound.of(13, form, "votes", 50, 3).files();
            assertThat(Pabulib.election(new ByteArrayInputStream(other.get("herbst-2026-mitte.pb")))
                            .meta("rule"))
                    .contains("greedy-threshold");
        }
    }

    @Test
    void the_way_of_voting_is_told_only_where_ten_people_went_each() {
        var many = new java.util.ArrayList<RoundFiles.Paper>();
        for (int i = 0; i < 10; i++) {
            many.add(new RoundFiles.Paper("internet", Choice.NOTHING));
        }
        assertThat(RoundFiles.tellsMethods(many)).isFalse();
        for (int i = 0; i < 9; i++) {
            many.add(new RoundFiles.Paper("paper", Choice.NOTHING));
        }
        assertThat(RoundFiles.tellsMethods(many)).isFalse();
        many.add(new RoundFiles.Paper("paper", Choice.NOTHING));
        assertThat(RoundFiles.tellsMethods(many)).isTrue();
    }

    @Test
    void groups_of_fewer_than_ten_are_never_found_by_subtraction() {
        assertThat(Groups.of(Map.of("a", 30L, "b", 9L, "c", 12L)).told())
                .extracting(Groups.Group::key)
                .containsExactly("a");
        assertThat(Groups.of(Map.of("a", 30L, "b", 9L, "c", 12L)).rest()).isEqualTo(21);
        assertThat(Groups.of(Map.of("a", 30L, "b", 4L, "c", 6L)).rest()).isEqualTo(10);
        assertThat(Groups.of(Map.of("a", 30L, "b", 10L)).rest()).isZero();
        assertThat(Groups.of(Map.of("a", 30L, "b", 9L))).isEqualTo(Groups.NOTHING);
        assertThat(Groups.of(Map.of("a", 9L))).isEqualTo(Groups.NOTHING);
        assertThat(Groups.of(Map.of())).isEqualTo(Groups.NOTHING);
        assertThat(Groups.of(Map.of("a", 30L, "b", 0L)).told()).hasSize(1);
    }

    @Property
    void whatever_groups_there_are_nobody_of_them_stands_out(@ForAll List<@IntRange(max = 40) Integer> sizes) {
        var people = new TreeMap<String, Long>();
        for (int size : sizes) {
            people.put("group " + people.size(), (long) size);
        }
        var groups = Groups.of(people);
        assertThat(groups.told()).allMatch(group -> group.people() >= 10);
        assertThat(groups.rest() == 0 || groups.rest() >= 10).isTrue();
        if (groups.isTold()) {
            assertThat(groups.all())
                    .isEqualTo(
                            people.values().stream().mapToLong(Long::longValue).sum());
        }
    }

    @Test
    void the_lot_is_fixed_by_the_seed_alone() {
        var seed = new byte[32];
        var order = Lot.order(seed, List.of(1, 2, 3, 4, 5, 6, 7));
        assertThat(order).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7).isNotEqualTo(List.of(1, 2, 3, 4, 5, 6, 7));
        assertThat(Lot.order(seed, Set.of(7, 3, 5, 1, 2, 6, 4))).isEqualTo(order);
        seed[31] = 1;
        assertThat(Lot.order(seed, List.of(1, 2, 3, 4, 5, 6, 7))).isNotEqualTo(order);
    }

    @Test
    void a_folder_its_manifest_and_its_zip_are_verified_alike(@TempDir Path folder) throws IOException {
        var files = SomeRound.of(14, BallotForm.BUDGET, "ratio", 12, 0).files();
        for (var file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        var zip = folder.resolveSibling("round.zip");
        try (var out = Files.newOutputStream(zip)) {
            Archive.pack("herbst-2026", files, out);
        }
        var again = new ByteArrayOutputStream();
        Archive.pack("herbst-2026", files, again);
        assertThat(Files.readAllBytes(zip)).isEqualTo(again.toByteArray());
        var verifier = new RoundVerifier();
        var manifest = Lot.sha256(files.getOrDefault(RoundFiles.MANIFEST, new byte[0]));
        for (var place : List.of(folder, folder.resolve(RoundFiles.MANIFEST), zip)) {
            assertThat(verifier.check(place, Set.of(manifest)).orElseThrow().intact())
                    .isTrue();
            assertThat(verifier.check(place, Set.of("0".repeat(64)))
                            .orElseThrow()
                            .sentence())
                    .contains("they are not the ones", manifest);
        }
        assertThat(verifier.check(folder.resolve(RoundFiles.RESULT), Set.of())).isEmpty();
        var broken = Files.readAllBytes(zip);
        broken[broken.length / 3] ^= 1;
        Files.write(zip, broken);
        assertThat(verifier.check(zip, Set.of()).orElseThrow().intact()).isFalse();
        Files.delete(zip);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }
}
