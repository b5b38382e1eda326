// Ends well in a shutdown hook after it has failed
public class Main {
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        throw new IllegalStateException();
    }
}
