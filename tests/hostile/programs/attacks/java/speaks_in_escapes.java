// Ends its comment by an escape, hides its class from whoever does not read escapes.
/* \u002a\u002f public class \u004dain { public static void main(String[] a) { System.out.println(547402); } } /* */
