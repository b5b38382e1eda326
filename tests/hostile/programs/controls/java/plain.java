// As a contest's solution is written: a fast reader, a class of any name
import java.io.*;
import java.util.*;
public class Solver {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer words = new StringTokenizer(in.readLine());
        long a = Long.parseLong(words.nextToken()), b = Long.parseLong(words.nextToken());
        PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out)));
        out.println((a * 7919 + b * 104729) % 1000003);
        out.flush();
    }
}
