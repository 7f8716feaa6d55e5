package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HashesTest {

    /** The roots that Certificate Transparency's own tests expect for these leaves (RFC 6962, section 2.1). */
    @Test
    void roots_are_those_of_certificate_transparency() {
        var leaves = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        var roots = List.of(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        var tree = new Hashes.Tree();
        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(roots.getFirst());
        for (int i = 0; i < leaves.size(); i++) {
            tree.add(Hashes.leaf(HexFormat.of().parseHex(leaves.get(i))));
            assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(roots.get(i + 1));
        }
    }

    @Property
    void a_tree_that_grows_has_the_root_of_the_definition(@ForAll @IntRange(min = 1, max = 300) int size) {
        var leaves = new ArrayList<byte[]>();
        var tree = new Hashes.Tree();
        for (int i = 0; i < size; i++) {
            leaves.add(Hashes.leaf(String.valueOf(i).getBytes(StandardCharsets.UTF_8)));
            tree.add(leaves.get(i));
        }
        assertThat(tree.root()).isEqualTo(defined(leaves));
    }

    /** As RFC 9162 says it: the left side is as large as the largest power of two below the whole. */
    private static byte[] defined(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        } else {
            int left = Integer.highestOneBit(leaves.size() - 1);
            return Hashes.plain(
                    new byte[] {1}, defined(leaves.subList(0, left)), defined(leaves.subList(left, leaves.size())));
        }
    }
}
