package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;
import motette.shared.Sql;

/**
 * The key of each round, from its announcement to its count. It lies apart from the ballots, sealed under a secret that is in no
 * database ({@code MOTETTE_BALLOT_SECRET}; where that is empty, outside of production, the secret of the sign-ins). Destroyed when the
 * ballots are counted: then nobody can tell any more whose a ballot was.
 */
@Singleton
class RoundKeys {

    private static final int BYTES = 32;
    private static final String SEAL = "round-key";
    private static final String VOTER = "voter";

    private final Sql sql;
    private final Secrets secrets;
    private final Secrets voters;
    private final boolean ownSecret;
    private final SecureRandom random = new SecureRandom();

    RoundKeys(
            Sql sql,
            KeptSecrets kept,
            Secrets shared,
            @Value("${motette.ballot-secret}") String own,
            @Value("${motette.second-ballot-secret}") String second) {
        this.sql = sql;
        this.voters = kept.of("rolls");
        this.ownSecret = !own.isEmpty();
        this.secrets = own.isEmpty() ? shared : new Secrets(own, second);
    }

    /** Whether the keys of rounds have a secret of their own; in production always. */
    boolean hasOwnSecret() {
        return ownSecret;
    }

    /** Makes the key of a round that is announced. */
    @Transactional(propagation = Propagation.MANDATORY)
    void make(long roundId) {
        sql.change(
                "insert into vote_keys.round_keys (round_id, sealed) values (?, ?)",
                roundId,
                secrets.seal(SEAL + " " + roundId, bytes()));
    }

    /** @throws IllegalStateException when it is destroyed, or neither secret of today sealed it */
    @Transactional(propagation = Propagation.MANDATORY)
    RoundKey of(long roundId) {
        return sql.one("select sealed from vote_keys.round_keys where round_id = ?", row -> row.getBytes(1), roundId)
                .flatMap(kept -> secrets.open(SEAL + " " + roundId, kept))
                .map(RoundKey::new)
                .orElseThrow(() -> new IllegalStateException("No key opens the urn of round " + roundId));
    }

    /** @return whether there was one */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean destroy(long roundId) {
        return sql.change("delete from vote_keys.round_keys where round_id = ?", roundId) > 0;
    }

    /**
     * Who somebody is in the roll of a round: nobody can tell by it whether two rounds had the same voter, and no change of a
     * secret makes two voters of one.
     *
     * @param identity keyed hash of name and date of birth, from the proof of residence
     */
    byte[] voter(long roundId, byte[] identity) {
        return voters.hash(VOTER + " " + roundId, HexFormat.of().formatHex(identity));
    }

    byte[] bytes() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
