package motette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeme",
                "x",
                "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabcabcabcabcabcabcabc",
                "k9Xk9Xk9Xk9Xk9Xk9Xk9Xk9Xk9Xk9Xk9Xk9X",
                "0123456789abcdefghijklmnopqrstuvwxyz",
                "zyxwvutsrqponmlkjihgfedcba9876543210",
                "change-me-hJ7w0qPz41LmX9dTe5VuB2kNs8",
                "this-is-a-Secret-of-32-characters!!",
                "my_example_key_hJ7w0qPz41LmX9dTe5Vu",
                "CHANGE-ME-HJ7W0QPZ41LMX9DTE5VUB2KNS8",
                "hJ7w0qPz41LmX9dTe5VuB2kNs8RyPasswort",
                "00000000000000000000000000000000000000000001",
                "010101100110100101100101100110010110"
            })
    void what_no_chance_drew_is_refused_and_not_said(String secret) {
        assertThatThrownBy(() -> SecretCheck.check("MOTETTE_SECRET", secret))
                .isInstanceOf(StartupFailure.class)
                .hasMessageStartingWith("MOTETTE_SECRET ")
                .hasMessageContaining("at least 32 random")
                .satisfies(failure -> assertThat(String.valueOf(failure.getMessage()))
                        .satisfies(said -> assertThat(secret.length() > 8 && said.contains(secret))
                                .isFalse()));
    }

    @Test
    void what_a_generator_prints_is_taken() {
        var random = new Random(20_261_124);
        for (int i = 0; i < 2_000; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            var hex = HexFormat.of().formatHex(bytes);
            assertThatCode(() -> SecretCheck.check("MOTETTE_SECRET", hex))
                    .as(hex)
                    .doesNotThrowAnyException();
            var half = HexFormat.of().formatHex(bytes, 0, 16);
            assertThatCode(() -> SecretCheck.check("MOTETTE_SECRET", half))
                    .as(half)
                    .doesNotThrowAnyException();
            var base64 = Base64.getEncoder().encodeToString(bytes);
            assertThatCode(() -> SecretCheck.check("MOTETTE_SECRET", base64))
                    .as(base64)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void letters_that_chance_drew_are_no_word() {
        assertThatCode(() -> SecretCheck.check("MOTETTE_SECRET", "QQxchAnGEHQbrHB71LN0AFGDi2sdzZ5J0PIh0HJT82U="))
                .doesNotThrowAnyException();
    }
}
