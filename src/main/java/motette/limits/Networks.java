package motette.limits;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.HttpRequest;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which network a request comes from: an IPv4 address, or the first 64 bits of an IPv6 address, which one household or device
 * chooses the rest of by itself (RFC 4291, 2.5.1). Behind one such address may be a whole school: a network is never the only
 * thing that is counted, and its limits are wide.
 */
@Singleton
public class Networks {

    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);

    private static final int BITS_OF_A_NETWORK = 64;

    private final List<Range> trusted;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param trusted proxies in front of the application, as addresses or in CIDR notation (RFC 4632) */
    Networks(@Value("${motette.trusted-proxies}") List<String> trusted) {
        this.trusted = trusted.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Range::of)
                .toList();
    }

    /**
     * The network in hexadecimal digits. X-Forwarded-For is read from its end and only as far as trusted proxies wrote it:
     * what stands before that, anybody can have written.
     */
    public String of(HttpRequest<?> request) {
        var peer = request.getRemoteAddress().getAddress();
        return peer == null ? "" : of(peer, request.getHeaders().getAll("X-Forwarded-For"));
    }

    String of(InetAddress peer, List<String> forwardedFor) {
        var address = plain(peer.getAddress());
        if (!forwardedFor.isEmpty() && !isTrusted(address) && !warned.getAndSet(true)) {
            LOG.warn("X-Forwarded-For comes from a peer that MOTETTE_TRUSTED_PROXIES does not name: it is not believed,"
                    + " and all people behind that peer count as one network");
        }
        var hops = Arrays.asList(String.join(",", forwardedFor).split(","));
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            var before = parse(hops.get(i));
            if (before.isEmpty()) {
                break;
            }
            address = before.get();
        }
        return HexFormat.of().formatHex(address, 0, address.length == 4 ? 4 : BITS_OF_A_NETWORK / 8);
    }

    private boolean isTrusted(byte[] address) {
        return trusted.stream().anyMatch(range -> range.holds(address));
    }

    /** Literal addresses only: a name is never asked of the network's name service. */
    private static Optional<byte[]> parse(String text) {
        var written = text.strip()
                .replaceFirst("^(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+$", "$1")
                .replaceFirst("^\\[(.*)](:\\d+)?$", "$1");
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(written))
                .map(Networks::plain);
    }

    /** An IPv4 address written as IPv6 (::ffff:192.0.2.1) is the IPv4 address. */
    private static byte[] plain(byte[] address) {
        var mapped = address.length == 16
                && address[10] == -1
                && address[11] == -1
                && HexFormat.of().formatHex(address, 0, 10).equals("0".repeat(20));
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    private record Range(byte[] start, int bits) {

        static Range of(String text) {
            var parts = text.split("/", 2);
            var start = parse(parts[0])
                    .orElseThrow(() -> new ConfigurationException(
                            "motette.trusted-proxies names '" + text + "', which is no address like 10.0.0.0/8."));
            int most = start.length * 8;
            if (parts.length == 2 && !(parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most)) {
                throw new ConfigurationException("motette.trusted-proxies names '" + text
                        + "', but an address of its kind has " + most + " bits.");
            }
            return new Range(start, parts.length == 2 ? Integer.parseInt(parts[1]) : most);
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
