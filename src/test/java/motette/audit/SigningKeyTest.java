package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    /** RFC 8032, section 7.1, test 3. */
    @Test
    void a_seed_makes_the_public_key_and_the_signature_of_the_rfc() {
        var key = SigningKey.of("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        assertThat(HexFormat.of().formatHex(key.published().encoded()))
                .isEqualTo("302a300506032b6570032100fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assertThat(HexFormat.of().formatHex(key.sign(new byte[] {(byte) 0xaf, (byte) 0x82})))
                .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    @Test
    void a_key_is_read_as_openssl_writes_it() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var text = Base64.getMimeEncoder(20, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        var bare = SigningKey.of(text);
        var pem = SigningKey.of("-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        assertThat(bare.published().encoded()).isEqualTo(pair.getPublic().getEncoded());
        assertThat(pem.published()).isEqualTo(bare.published());
        assertThat(bare.published().id()).hasSize(64);
    }

    @Test
    void a_fresh_key_can_be_read_and_is_another_every_time() {
        var one = SigningKey.fresh();
        assertThat(SigningKey.of(one).published().id())
                .isEqualTo(SigningKey.of(one).published().id())
                .isNotEqualTo(SigningKey.of(SigningKey.fresh()).published().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeme",
                "MOTETTE",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0102010201020102010201020102010201020102010201020102010201020102",
                "MC4CAQAwBQYDK2VuBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void what_is_no_key_or_a_guessable_one_is_refused_without_being_repeated(String text) {
        assertThatThrownBy(() -> SigningKey.of(text))
                .isInstanceOf(SigningKey.Unfit.class)
                .satisfies(unfit -> {
                    if (!text.isEmpty()) {
                        assertThat(unfit.getMessage()).doesNotContain(text);
                    }
                });
    }
}
