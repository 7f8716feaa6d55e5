package motette.allocation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;

/**
 * A made-up election of the size of a city: some projects are loved, most are not, people like a few areas more than others, and a
 * third of all wishes can be paid. The same seed gives the same election.
 *
 * @param costs   in whole units
 * @param ballots indices of the approved projects of each voter
 */
public record CityElection(long budget, long[] costs, int[][] ballots) {

    private static final int AREAS = 10;

    /** 90,000 voters, 160 projects, 3.6 projects per ballot. */
    public static CityElection city(long seed) {
        return of(seed, 90_000, 160, 3.6);
    }

    /** 2,500 voters, 45 projects, 3.6 projects per ballot. */
    public static CityElection district(long seed) {
        return of(seed, 2_500, 45, 3.6);
    }

    public static CityElection of(long seed, int voters, int projects, double perBallot) {
        var random = new SplittableRandom(seed);
        var costs = new long[projects];
        var appeal = new double[projects];
        for (int i = 0; i < projects; i++) {
            costs[i] = 100 * Math.round(100 * Math.pow(100, random.nextDouble()));
            appeal[i] = Math.pow(random.nextDouble(), 3) + 0.02;
        }
        var sums = new double[AREAS][projects + 1];
        for (int area = 0; area < AREAS; area++) {
            for (int i = 0; i < projects; i++) {
                sums[area][i + 1] = sums[area][i] + appeal[i] * (i % AREAS == area ? 8 : 1);
            }
        }
        var ballots = new int[voters][];
        for (int voter = 0; voter < voters; voter++) {
            ballots[voter] = ballot(random, sums[random.nextInt(AREAS)], size(random, perBallot));
        }
        return new CityElection(Arrays.stream(costs).sum() / 3, costs, ballots);
    }

    /** From 1 to twice the mean less 1, with that mean. */
    private static int size(SplittableRandom random, double mean) {
        double size = 1 + random.nextDouble() * 2 * (mean - 1);
        return (int) Math.floor(size + random.nextDouble());
    }

    private static int[] ballot(SplittableRandom random, double[] sums, int size) {
        return IntStream.generate(() -> {
                    int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
                    return found >= 0 ? found : -found - 2;
                })
                .distinct()
                .limit(Math.min(size, sums.length - 1))
                .toArray();
    }

    public Election election() {
        var builder = Election.builder(BigDecimal.valueOf(budget), VoteType.APPROVAL);
        for (int i = 0; i < costs.length; i++) {
            builder.project("" + (i + 1), BigDecimal.valueOf(costs[i]), "Project " + (i + 1));
        }
        for (var ballot : ballots) {
            builder.ballot(1, ballot);
        }
        return builder.build();
    }

    /** Writes it as a Pabulib file; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        var votes = new int[costs.length];
        Arrays.stream(ballots).flatMapToInt(Arrays::stream).forEach(project -> votes[project]++);
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write("META\nkey;value\ndescription;generated\ncountry;Nowhere\nunit;Generated\ninstance;generated\n");
        text.write("num_projects;" + costs.length + "\nnum_votes;" + ballots.length + "\nbudget;" + budget + "\n");
        text.write("vote_type;approval\nrule;unknown\ndate_begin;2026\ndate_end;2026\ncurrency;EUR\n");
        text.write("PROJECTS\nproject_id;cost;votes;name\n");
        for (int i = 0; i < costs.length; i++) {
            text.write((i + 1) + ";" + costs[i] + ";" + votes[i] + ";Project " + (i + 1) + "\n");
        }
        text.write("VOTES\nvoter_id;vote\n");
        for (int voter = 0; voter < ballots.length; voter++) {
            text.write((voter + 1) + ";");
            for (int i = 0; i < ballots[voter].length; i++) {
                text.write((i > 0 ? "," : "") + (ballots[voter][i] + 1));
            }
            text.write("\n");
        }
        text.flush();
    }
}
