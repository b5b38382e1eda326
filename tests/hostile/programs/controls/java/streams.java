// A package, records, sealed types, switch patterns of texts, streams, threads, several top-level types.
package contest.round1;

import java.io.*;
import java.math.BigInteger;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

sealed interface Part permits Times {}
record Times(long number, long factor) implements Part {
    Times { if (factor < 0) throw new IllegalArgumentException(); }
    BigInteger value() { return BigInteger.valueOf(number).multiply(BigInteger.valueOf(factor)); }
}
enum Factor { FIRST(7919), SECOND(104729); final long value; Factor(long value) { this.value = value; } }

public class Solution {
    static class Inner { int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); } }
    interface Reads { List<Long> all() throws IOException; }

    public static void main(String[] arguments) throws Exception {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        Reads reads = () -> reader.lines().flatMap(l -> Stream.of(l.trim().split("\\s+"))).map(Long::parseLong).collect(Collectors.toList());
        var numbers = reads.all();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        var parts = new ArrayList<Future<BigInteger>>();
        for (Factor factor : Factor.values())
            parts.add(pool.submit(() -> new Times(numbers.get(factor.ordinal()), factor.value).value()));
        BigInteger total = BigInteger.ZERO;
        for (var part : parts) total = total.add(part.get());
        pool.shutdown();
        if (new Inner().depth(10_000) != 10_000) throw new AssertionError();
        String how = switch (numbers.size()) { case 2 -> "%d%n"; default -> "odd"; };
        System.out.printf(how, total.mod(BigInteger.valueOf(1_000_003)));
        System.exit(0);
    }
}
