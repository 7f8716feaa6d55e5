package motette.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts a published district as somebody would who knows the description of Pabulib's format and none of our code: sections META,
 * PROJECTS and VOTES with a head line each, fields apart by semicolons, quotation marks doubled within quoted ones, ballots as lists
 * with commas. What comes out is what was published.
 */
class StrangersCountTest {

    private static final List<String> DEMANDED = List.of(
            "description",
            "country",
            "unit",
            "instance",
            "num_projects",
            "num_votes",
            "budget",
            "vote_type",
            "rule",
            "date_begin",
            "date_end");

    private record Pabulib(
            Map<String, String> meta, List<Map<String, String>> projects, List<Map<String, String>> votes) {

        static Pabulib read(byte[] file) {
            var meta = new LinkedHashMap<String, String>();
            var projects = new ArrayList<Map<String, String>>();
            var votes = new ArrayList<Map<String, String>>();
            var section = "";
            var head = List.<String>of();
            for (var line : new String(file, StandardCharsets.UTF_8).split("\r?\n")) {
                if (List.of("META", "PROJECTS", "VOTES").contains(line.strip())) {
                    section = line.strip();
                    head = List.of();
                } else if (head.isEmpty()) {
                    head = fields(line);
                } else {
                    var fields = fields(line);
                    assertThat(fields).as(line).hasSameSizeAs(head);
                    var row = new LinkedHashMap<String, String>();
                    for (int i = 0; i < fields.size(); i++) {
                        row.put(head.get(i), fields.get(i));
                    }
                    switch (section) {
                        case "META" -> meta.put(fields.getFirst(), fields.get(1));
                        case "PROJECTS" -> projects.add(row);
                        default -> votes.add(row);
                    }
                }
            }
            return new Pabulib(meta, projects, votes);
        }

        private static List<String> fields(String line) {
            var fields = new ArrayList<String>();
            var field = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                char sign = line.charAt(i);
                if (sign == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append(sign);
                    i++;
                } else if (sign == '"') {
                    quoted = !quoted;
                } else if (sign == ';' && !quoted) {
                    fields.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(sign);
                }
            }
            fields.add(field.toString());
            return fields;
        }

        long approvals(String project) {
            return votes.stream()
                    .filter(vote ->
                            List.of(vote.getOrDefault("vote", "").split(",")).contains(project))
                    .count();
        }

        /** Most votes first, as long as the money lasts; whoever does not fit is passed over. */
        List<String> greedy(Comparator<Map<String, String>> lot) {
            var left = new BigDecimal(meta.getOrDefault("budget", ""));
            long least = Long.parseLong(meta.getOrDefault("min_project_score_threshold", "0"));
            var bought = new ArrayList<String>();
            for (var project : projects.stream()
                    .sorted(Comparator.comparing((Map<String, String> one) -> -approvals(id(one)))
                            .thenComparing(Pabulib::cost)
                            .thenComparing(lot))
                    .toList()) {
                long approvals = approvals(id(project));
                if (approvals > 0 && approvals >= least && cost(project).compareTo(left) <= 0) {
                    left = left.subtract(cost(project));
                    bought.add(id(project));
                }
            }
            return bought;
        }

        static String id(Map<String, String> project) {
            return project.getOrDefault("project_id", "");
        }

        static BigDecimal cost(Map<String, String> project) {
            return new BigDecimal(project.getOrDefault("cost", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_stranger_who_reads_the_files_alone_comes_to_the_published_result(long chance) {
        var some = SomeRound.of(chance, BallotForm.APPROVAL, "votes", 120, (int) chance * 4);
        var round = new SomeRound(some.head(), some.stories(), List.of(), some.papers());
        var files = round.files();
        var seed = new String(files.getOrDefault(RoundFiles.SEED, new byte[0]), StandardCharsets.UTF_8).strip();
        for (var name : List.of("mitte", "ost")) {
            var read = Pabulib.read(files.getOrDefault("herbst-2026-" + name + ".pb", new byte[0]));
            assertThat(read.meta()).containsKeys(DEMANDED.toArray(String[]::new));
            assertThat(read.meta())
                    .containsEntry("num_votes", String.valueOf(read.votes().size()));
            assertThat(read.meta())
                    .containsEntry(
                            "num_projects", String.valueOf(read.projects().size()));
            assertThat(read.votes()).extracting(vote -> vote.get("voter_id")).doesNotHaveDuplicates();
            for (var project : read.projects()) {
                assertThat(project).containsEntry("votes", String.valueOf(read.approvals(Pabulib.id(project))));
            }
            assertThat(read.projects().stream()
                            .filter(project -> "1".equals(project.get("selected")))
                            .map(Pabulib::id))
                    .as("proposed in %s", name)
                    .containsExactlyInAnyOrderElementsOf(
                            read.greedy(Comparator.comparing(project -> lot(seed, Pabulib.id(project)))));
        }
    }

    /** As the comment of the file says: SHA-256 of seed, colon and number. */
    private static String lot(String seed, String number) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(seed));
            digest.update((":" + number).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
