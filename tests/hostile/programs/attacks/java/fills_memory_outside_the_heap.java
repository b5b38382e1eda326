// Takes memory that -Xmx does not count
import java.nio.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        var theUnsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        theUnsafe.setAccessible(true);
        sun.misc.Unsafe unsafe = (sun.misc.Unsafe) theUnsafe.get(null);
        for (;;) unsafe.setMemory(unsafe.allocateMemory(1 << 22), 1 << 22, (byte) 1);
    }
}
