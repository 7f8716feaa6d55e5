package motette.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {

    private static final Networks BEHIND_A_PROXY = new Networks(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));
    private static final Networks BEHIND_NONE = new Networks(List.of());

    @Test
    void without_a_trusted_proxy_only_the_connection_counts() throws UnknownHostException {
        assertThat(of(BEHIND_NONE, "198.51.100.4", "203.0.113.9")).isEqualTo("c6336404");
        assertThat(of(BEHIND_A_PROXY, "198.51.100.4", "203.0.113.9"))
                .as("who connects is no proxy of ours")
                .isEqualTo("c6336404");
    }

    @Test
    void a_proxy_tells_who_connected_to_it_and_nobody_else_does() throws UnknownHostException {
        assertThat(of(BEHIND_A_PROXY, "10.1.2.3", "203.0.113.9")).isEqualTo("cb007109");
        assertThat(of(BEHIND_A_PROXY, "10.1.2.3", "1.1.1.1, 203.0.113.9"))
                .as("what the client wrote itself stands first and is not read")
                .isEqualTo("cb007109");
        assertThat(of(BEHIND_A_PROXY, "10.1.2.3", "1.1.1.1, 203.0.113.9, 10.9.9.9"))
                .as("two proxies")
                .isEqualTo("cb007109");
        assertThat(of(BEHIND_A_PROXY, "192.0.2.7", "203.0.113.9:4711")).isEqualTo("cb007109");
        assertThat(of(BEHIND_A_PROXY, "192.0.2.8", "203.0.113.9")).isEqualTo("c0000208");
        assertThat(of(BEHIND_A_PROXY, "fd00::1", "[2001:db8:1:2:3::4]:443")).isEqualTo("20010db800010002");
        assertThat(of(BEHIND_A_PROXY, "10.1.2.3", "203.0.113.1", "203.0.113.9"))
                .as("two headers are one list")
                .isEqualTo("cb007109");
    }

    @Test
    void what_is_no_address_is_not_believed_and_never_looked_up() throws UnknownHostException {
        for (var odd :
                new String[] {"", "unknown", "localhost", "203.0.113.9.evil.example", "999.1.1.1", "'; drop", "_hidden"
                }) {
            assertThat(of(BEHIND_A_PROXY, "10.1.2.3", odd)).as(odd).isEqualTo("0a010203");
        }
    }

    @Test
    void an_ipv6_network_is_its_first_half_and_a_mapped_address_is_ipv4() throws UnknownHostException {
        assertThat(of(BEHIND_NONE, "2001:db8:1:2:aaaa::1"))
                .isEqualTo(of(BEHIND_NONE, "2001:db8:1:2:bbbb::2"))
                .isNotEqualTo(of(BEHIND_NONE, "2001:db8:1:3:aaaa::1"));
        assertThat(of(BEHIND_A_PROXY, "10.1.2.3", "::ffff:203.0.113.9")).isEqualTo("cb007109");
    }

    @Test
    void a_range_that_is_none_is_named_at_the_start() {
        for (var wrong : new String[] {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "fd00::/129", "10.0.0/8x"}) {
            assertThatThrownBy(() -> new Networks(List.of(wrong)))
                    .as(wrong)
                    .hasMessageContaining("motette.trusted-proxies names '" + wrong + "'");
        }
    }

    private static String of(Networks networks, String peer, String... forwarded) throws UnknownHostException {
        return networks.of(InetAddress.getByName(peer), List.of(forwarded));
    }
}
