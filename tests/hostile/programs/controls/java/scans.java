// A Scanner, a StreamTokenizer's rival: lazily read, never closed, and a class that is not public.
import java.util.Scanner;

class Main {
    int answer;
    Main(Scanner in) {
        long a = in.nextLong(), b = in.hasNextLong() ? in.nextLong() : 0;
        long[] table = new long[25_000_000]; // 200 MB of 256 MiB
        table[17] = a * 7919 + b * 104729;
        answer = (int) (table[17] % 1_000_003);
    }
    public static void main(String... args) {
        System.err.println("thinking…");
        System.out.print(new Main(new Scanner(System.in)).answer);
        System.out.flush();
    }
}
