package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6238 appendix B, to six digits, and the edges of the window. */
class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_rfc(long second, String code) {
        var moment = Instant.ofEpochSecond(second);
        assertThat(Totp.code(SECRET, Totp.step(moment))).isEqualTo(code);
        assertThat(Totp.match(SECRET, code, moment, 0)).hasValue(second / 30);
    }

    @Test
    void a_code_holds_one_step_early_and_late_and_no_longer() {
        var code = Totp.code(SECRET, 1000);
        assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(999 * 30), 0)).hasValue(1000);
        assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(1001 * 30 + 29), 0))
                .hasValue(1000);
        assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(999 * 30 - 1), 0))
                .isEmpty();
        assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(1002 * 30), 0))
                .isEmpty();
    }

    @Test
    void a_step_that_was_used_is_not_taken_again_nor_one_before_it() {
        var moment = Instant.ofEpochSecond(1000 * 30);
        assertThat(Totp.match(SECRET, Totp.code(SECRET, 1000), moment, 1000)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, 999), moment, 1000)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, 1001), moment, 1000)).hasValue(1001);
    }

    @Test
    void the_secret_is_written_as_apps_read_it() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.base32(new byte[Totp.SECRET_BYTES])).isEqualTo("A".repeat(32));
        assertThat(Totp.uri(SECRET, "a b@c.example"))
                .isEqualTo("otpauth://totp/Motette:a%20b%40c.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Motette&algorithm=SHA1&digits=6&period=30");
    }
}
