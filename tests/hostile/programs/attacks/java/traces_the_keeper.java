// Looks for its parents in /proc and attaches to itself and to them
import java.nio.file.*;
public class Main {
    public static void main(String[] args) throws Exception {
        for (String name : new String[] {"/proc/1/mem", "/proc/1/environ", "/proc/1/fd", "/proc/self/attr/current"})
            try { System.out.println(Files.readString(Path.of(name))); } catch (Exception e) { System.out.println(e); }
        System.out.println(ProcessHandle.allProcesses().count());
        new ProcessBuilder("sh", "-c", "kill -9 1; kill -STOP 1").start().waitFor();
    }
}
