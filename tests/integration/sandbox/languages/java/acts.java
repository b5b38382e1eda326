import java.nio.file.*;
import java.util.*;

class Deep {
    static int deep(int n) { return n == 0 ? 0 : 1 + deep(n - 1); }
}

public class Acts {
    record Pair(String what, List<Long> numbers) {}

    public static void main(String[] args) throws Exception {
        Scanner in = new Scanner(System.in);
        Pair asked = new Pair(in.next(), new ArrayList<>());
        while (in.hasNextLong()) asked.numbers().add(in.nextLong());
        switch (asked.what()) {
            case "sum" -> System.out.println(asked.numbers().stream().mapToLong(n -> n).sum());
            case "exit" -> { System.out.println("before"); System.exit(7); }
            case "fail" -> throw new IllegalStateException("on purpose");
            case "loop" -> { for (long i = 0; ; i++) if (i < 0) break; }
            case "memory" -> { for (List<byte[]> held = new ArrayList<>(); ; ) held.add(new byte[1 << 20]); }
            case "spawn" -> {
                int count = 0;
                try {
                    for (; ; count++) new Thread(() -> { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }).start();
                } catch (OutOfMemoryError refused) {
                    System.out.println(count);
                    System.out.flush();
                    Runtime.getRuntime().halt(0);
                }
            }
            case "flood" -> { for (String text = "x".repeat(1000); ; ) System.out.println(text); }
            case "secret" -> {
                for (String path : List.of("/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"))
                    if (Files.exists(Path.of(path))) { System.out.println(path); return; }
                System.out.println("refused");
            }
            case "connect" -> {
                try (var lane = new java.net.Socket("127.0.0.1", 80)) { System.out.println("connected"); }
                catch (java.io.IOException refused) { System.out.println("refused"); }
            }
            case "leave" -> { new ProcessBuilder("setsid", "sleep", "60").start(); System.out.println("left"); }
            case "file" -> {
                System.out.println(Files.exists(Path.of("note")) ? "found" : "fresh");
                Files.writeString(Path.of("note"), "x");
            }
            case "deep" -> System.out.println(Deep.deep(20_000));
        }
    }
}
